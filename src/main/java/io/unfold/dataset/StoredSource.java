package io.unfold.dataset;

import java.nio.file.Path;
import java.util.stream.Stream;

import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;

/**
 * The records of a stored dataset.
 *
 * @param source of the records
 * @param scratch in the data folder, where there is room for what does not fit into the
 * heap
 */
record StoredSource(DataSource source, Path scratch) implements DataSource {

	@Override
	public Stream<DataRecord> records() {
		return this.source.records();
	}

}
