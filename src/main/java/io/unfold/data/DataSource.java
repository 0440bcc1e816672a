package io.unfold.data;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

import tools.jackson.databind.node.ArrayNode;

/**
 * Records that can be read any number of times, in order: a stored dataset or a request's
 * inline data.
 */
public interface DataSource {

	/**
	 * The records in order, read lazily. The stream must be closed. Reading throws
	 * {@link io.unfold.problem.InvalidRequestException} with line and column where the
	 * content is not what its format allows.
	 */
	Stream<DataRecord> records();

	/**
	 * The same.
	 * @param emptyLines hears, after the last record, how many empty lines there were
	 */
	default Stream<DataRecord> records(LongConsumer emptyLines) {
		return records();
	}

	/** Where files may be made that hold what does not fit into the heap. */
	default Path scratch() {
		return Path.of(System.getProperty("java.io.tmpdir"));
	}

	/** The records of a file. */
	static DataSource of(DataFormat format, Path file) {
		return of(format, () -> Files.newInputStream(file));
	}

	/** The records of content that is opened anew for each reading. */
	static DataSource of(DataFormat format, Content content) {
		return new ContentSource(format.reader(ReadingLimits.STANDARD), content);
	}

	/** The records of separated values that are written in that dialect. */
	static DataSource of(CsvDialect dialect, Content content) {
		return new ContentSource(new CsvRecordReader(ReadingLimits.STANDARD, dialect), content);
	}

	/** The records of a text that is already at hand. */
	static DataSource of(DataFormat format, String text) {
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		return of(format, () -> new ByteArrayInputStream(bytes));
	}

	/**
	 * The objects of a JSON array, as in {@code data.examples} of a request. Violations
	 * have pointers relative to the array: {@code /3/label}.
	 */
	static DataSource ofExamples(ArrayNode examples) {
		return new JsonExamples(examples);
	}

}
