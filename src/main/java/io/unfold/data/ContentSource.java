package io.unfold.data;

import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** The records of content that is opened anew for each reading. */
record ContentSource(RecordReader reader, Content content) implements DataSource {

	@Override
	public Stream<DataRecord> records() {
		return this.reader.read(this.content);
	}

	@Override
	public Stream<DataRecord> records(LongConsumer emptyLines) {
		return this.reader.read(this.content, emptyLines);
	}

}
