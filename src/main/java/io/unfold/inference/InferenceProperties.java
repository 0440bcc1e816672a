package io.unfold.inference;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of inference.
 *
 * @param threads that answer at once; 0, the default, takes one for each processor
 * @param queue requests that may wait for a thread; further ones are turned away (429)
 * @param streams texts that may be written as streams at the same time; further ones are
 * turned away (429)
 * @param cache memory that the parameters of loaded models may take
 */
@Validated
@ConfigurationProperties("unfold.inference")
public record InferenceProperties(@DefaultValue("0") @Min(0) @Max(1024) int threads,
		@DefaultValue("256") @Min(1) int queue, @DefaultValue("256") @Min(1) int streams,
		@DefaultValue("1GB") DataSize cache) {

	int threadCount() {
		return (this.threads > 0) ? this.threads : Runtime.getRuntime().availableProcessors();
	}

}
