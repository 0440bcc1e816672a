package io.unfold.problem.web;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits on requests.
 *
 * @param maxBodySize largest body of a request that is not a file upload (those have
 * {@code spring.servlet.multipart}); by default 16 MB. On a small heap it is less
 */
@ConfigurationProperties("unfold.http")
record HttpLimits(@DefaultValue("16MB") DataSize maxBodySize) {

	HttpLimits {
		if (maxBodySize.toBytes() < 1) {
			throw new IllegalArgumentException("unfold.http.max-body-size must be at least 1B");
		}
	}

}
