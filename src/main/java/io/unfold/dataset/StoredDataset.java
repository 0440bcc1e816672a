package io.unfold.dataset;

import java.util.List;

import io.unfold.data.DataFormat;

/**
 * A dataset as its {@code dataset.json} has it.
 *
 * @param formatVersion version of this file's format
 * @param dataset what clients see
 * @param fields how its fields were understood
 */
record StoredDataset(int formatVersion, Dataset dataset, List<FieldSummary> fields) {

	static final int FORMAT_VERSION = 1;

	DataFormat format() {
		return DataFormat.of(this.dataset.format());
	}

}
