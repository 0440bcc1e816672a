package io.unfold.dataset;

import java.util.List;

import io.unfold.data.DataFormat;
import org.jspecify.annotations.Nullable;

/**
 * A dataset as its {@code dataset.json} has it.
 *
 * @param formatVersion version of this file's format
 * @param dataset what clients see
 * @param fields how its fields were understood
 * @param reading how its file was read; null where it is as its format says
 */
record StoredDataset(int formatVersion, Dataset dataset, List<FieldSummary> fields, @Nullable Reading reading) {

	static final int FORMAT_VERSION = 1;

	DataFormat format() {
		return DataFormat.of(this.dataset.format());
	}

	/** How its content is read. */
	Reading howRead() {
		return (this.reading != null) ? this.reading : Reading.PLAIN;
	}

}
