package io.unfold.storage;

import java.nio.file.Path;

import jakarta.validation.constraints.NotBlank;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The folder in which everything is that the service keeps.
 *
 * @param data its path ({@code UNFOLD_DATA}); by default {@code ./data}. A string,
 * because a relative path must never be looked for on the class path
 */
@Validated
@ConfigurationProperties("unfold")
public record DataFolder(@DefaultValue("./data") @NotBlank String data) {

	/** A place in the folder. */
	public Path resolve(String name) {
		return Path.of(this.data).toAbsolutePath().normalize().resolve(name);
	}

}
