package io.unfold.dataset;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits on datasets.
 *
 * @param maxSize largest content of a dataset, inflated; by default 16 GB. What is sent
 * has limits of its own, {@code spring.servlet.multipart}
 */
@ConfigurationProperties("unfold.datasets")
record DatasetProperties(@DefaultValue("16GB") DataSize maxSize) {

	DatasetProperties {
		if (maxSize.toBytes() < 1) {
			throw new IllegalArgumentException("unfold.datasets.max-size must be at least 1B");
		}
	}

}
