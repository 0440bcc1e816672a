package io.unfold.dataset;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;

/**
 * A stored, immutable dataset.
 *
 * @param format csv, tsv, jsonl or text
 * @param examples number of records
 * @param sizeBytes size of the content in bytes
 * @param sha256 hash of the content, lower-case hexadecimal
 * @param fields what its records hold
 * @param bundled whether it comes with the service
 */
public record Dataset(String id, String name, String format, int examples, long sizeBytes, String sha256,
		Instant createdAt, List<Field> fields, boolean bundled) {

	/**
	 * @param type number, string, array, object, boolean or mixed
	 */
	@Schema(name = "DatasetField")
	public record Field(String name, String type) {
	}

}
