package io.unfold.data;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Spliterator;
import java.util.Spliterators.AbstractSpliterator;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;

/** What reads the records of one format. Has no state of its own. */
interface RecordReader {

	/** The records in order. */
	Cursor open(TextReader in) throws IOException;

	/** The records in order, read lazily; closing the stream closes the content. */
	default Stream<DataRecord> read(Content content) {
		return read(content, (count) -> {
		});
	}

	/**
	 * The same.
	 * @param emptyLines hears, after the last record, how many empty lines there were
	 */
	default Stream<DataRecord> read(Content content, LongConsumer emptyLines) {
		TextReader in = null;
		try {
			in = new TextReader(content.open());
			TextReader reader = in;
			Stream<DataRecord> records = StreamSupport.stream(new Records(open(reader), emptyLines), false);
			return records.onClose(() -> close(reader));
		}
		catch (IOException ex) {
			if (in != null) {
				close(in);
			}
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException ex) {
			if (in != null) {
				close(in);
			}
			throw ex;
		}
	}

	private static void close(TextReader reader) {
		try {
			reader.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** A place between two records. */
	@FunctionalInterface
	interface Cursor {

		/** Empty lines that were passed over so far. */
		default long emptyLines() {
			return 0;
		}

		/** The next record, or null after the last. */
		@Nullable DataRecord next() throws IOException;

	}

	/** Records as a stream's source: in order, one at least. */
	final class Records extends AbstractSpliterator<DataRecord> {

		private final Cursor cursor;

		private final LongConsumer emptyLines;

		private boolean any;

		Records(Cursor cursor, LongConsumer emptyLines) {
			super(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL);
			this.cursor = cursor;
			this.emptyLines = emptyLines;
		}

		@Override
		public boolean tryAdvance(Consumer<? super DataRecord> action) {
			DataRecord next;
			try {
				next = this.cursor.next();
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			if (next == null) {
				if (!this.any) {
					throw new InvalidRequestException(Violation.at(1, null, "the data is empty: it must hold at "
							+ "least one record (CSV and TSV: a row below the header)"));
				}
				this.emptyLines.accept(this.cursor.emptyLines());
				return false;
			}
			this.any = true;
			action.accept(next);
			return true;
		}

	}

}
