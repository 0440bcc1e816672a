package io.unfold.job;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Settings of training jobs.
 *
 * @param workers jobs that are trained at the same time, each on one thread; 0, the
 * default, takes half the processors and leaves the others to requests
 * @param queue jobs that may wait; more are refused with 429
 * @param memory memory that one job may take; by default the machine's or container's,
 * without the heap and a reserve, shared by the workers
 * @param maxCrashes how many times in a row the service may die under a job, without a
 * new checkpoint in between, before the job fails
 * @param streams event streams that may be open at a time; more are refused with 429
 * @param node name of this node among those that share a database; by default the host's
 */
@Validated
@ConfigurationProperties("unfold.jobs")
public record JobProperties(@DefaultValue("0") @Min(0) @Max(1024) int workers, @DefaultValue("100") @Min(1) int queue,
		@Nullable DataSize memory, @DefaultValue("5") @Min(1) int maxCrashes, @DefaultValue("200") @Min(1) int streams,
		@Nullable String node) {

	public JobProperties {
		workers = (workers > 0) ? workers : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
	}

}
