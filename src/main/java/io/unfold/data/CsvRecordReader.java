package io.unfold.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/**
 * Reads separated values (RFC 4180 and its dialects). Empty lines are skipped; quoted
 * cells can hold delimiters, quotes (written twice) and line ends.
 */
record CsvRecordReader(ReadingLimits limits, CsvDialect dialect) implements RecordReader {

	private static final int READ_AHEAD = 1 << 14;

	@Override
	public Cursor open(TextReader in) {
		Rows rows = new Rows(this.limits, this.dialect.quote());
		CsvReader<Row> reader = CsvReader.builder()
			.fieldSeparator(this.dialect.delimiter())
			.quoteCharacter(this.dialect.quote())
			.allowUnclosedQuote(false)
			// rows of the wrong length are refused with their place, by the header
			.extraFieldStrategy(FieldMismatchStrategy.IGNORE)
			.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
			// the parser's buffer holds a cell and what was read ahead of it
			.maxBufferSize(this.limits.cell() + READ_AHEAD)
			.build(rows, in);
		CloseableIterator<Row> iterator = reader.iterator();
		Header[] header = new Header[1];
		return new Table(rows, () -> {
			try {
				if (header[0] == null && iterator.hasNext()) {
					Row first = iterator.next();
					header[0] = Header.of(first, this.dialect);
					if (!this.dialect.header()) {
						return header[0].record(first);
					}
				}
				return iterator.hasNext() ? header[0].record(iterator.next()) : null;
			}
			catch (CsvParseException ex) {
				if (ex.getCause() instanceof InvalidRequestException invalid) {
					throw invalid;
				}
				throw rows.invalid(ex);
			}
		});
	}

	/**
	 * A place between two rows.
	 *
	 * @param rows which count the empty lines
	 */
	private record Table(Rows rows, Cursor cursor) implements Cursor {

		@Override
		public @Nullable DataRecord next() throws IOException {
			return this.cursor.next();
		}

		@Override
		public long emptyLines() {
			return this.rows.emptyLines;
		}

	}

	/** Collects the cells of a row. */
	private static final class Rows extends AbstractBaseCsvCallbackHandler<Row> {

		private final ReadingLimits limits;

		private List<String> cells = new ArrayList<>();

		private BitSet quoted = new BitSet();

		private long length;

		private final char quote;

		private long emptyLines;

		Rows(ReadingLimits limits, char quote) {
			this.limits = limits;
			this.quote = quote;
		}

		@Override
		protected void handleEmpty() {
			this.emptyLines++;
		}

		@Override
		protected void handleBegin(long startingLineNumber) {
			this.cells = new ArrayList<>();
			this.quoted = new BitSet();
			this.length = 0;
		}

		@Override
		protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
			this.length += length;
			if (index >= this.limits.columns()) {
				throw here("the row has more than " + this.limits.columns() + " cells, the most that is read");
			}
			if (length > this.limits.cell()) {
				throw here(tooLong());
			}
			if (this.length > this.limits.record()) {
				throw here("the row has more than " + this.limits.record() + " characters, the most that is read");
			}
			this.cells.add(new String(buffer, offset, length));
			this.quoted.set(index, quoted);
		}

		@Override
		protected Row buildRecord() {
			return row();
		}

		/** What the parser found in the cell that follows the ones collected. */
		InvalidRequestException invalid(CsvParseException ex) {
			String message = String.valueOf(ex.getMessage());
			if (message.startsWith("Unclosed")) {
				return here("the cell's quote is never closed");
			}
			if (message.startsWith("The maximum buffer size")) {
				return here(tooLong());
			}
			return here("the cell goes on after its closing quote: write a quote inside a quoted cell twice");
		}

		private String tooLong() {
			return "the cell has more than " + this.limits.cell()
					+ " characters, the most that is read; is its quote closed?";
		}

		/** A fault in the cell that follows the ones collected. */
		private InvalidRequestException here(String detail) {
			// an empty cell stands in for the one at fault, so that the separator before
			// it counts
			List<String> cells = new ArrayList<>(this.cells);
			cells.add("");
			return new Row(getStartingLineNumber(), cells, this.quoted, this.quote).invalid(this.cells.size(), detail);
		}

		private Row row() {
			return new Row(getStartingLineNumber(), this.cells, this.quoted, this.quote);
		}

	}

}
