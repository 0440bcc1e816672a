package io.unfold.data;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads tab-separated values: a row per line, tabs between the cells, nothing quoted (a
 * quotation mark is a character like any other, as parallel text needs); empty lines are
 * skipped.
 * <p>
 * The first row is the header, with one exception: with two columns it can be parallel
 * text without a header, whose columns are {@code source} and {@code target}. Two columns
 * have a header when both names, whatever their case, are those of an example's fields
 * ({@code source}, {@code target}, {@code sequence}, {@code label}, {@code tags},
 * {@code text}, {@code features}), or when the next rows (20 at most) are all numbers or
 * arrays, or empty, in a column whose first cell is neither.
 */
record TsvRecordReader(ReadingLimits limits) implements RecordReader {

	private static final Set<String> KNOWN = Set.of("source", "target", "sequence", "label", "tags", "text",
			"features");

	private static final int PEEKED = 20;

	@Override
	public Cursor open(TextReader in) {
		return new Lines(in);
	}

	/** A place between two lines. */
	private final class Lines implements Cursor {

		private final TextReader in;

		private final Deque<Row> peeked = new ArrayDeque<>();

		private @Nullable Header header;

		private long emptyLines;

		Lines(TextReader in) {
			this.in = in;
		}

		@Override
		public @Nullable DataRecord next() throws IOException {
			Header header = this.header;
			if (header == null) {
				Row first = row();
				if (first == null) {
					return null;
				}
				header = (first.cells().size() == 2) ? twoColumns(first) : Header.of(first);
				this.header = header;
			}
			Row row = !this.peeked.isEmpty() ? this.peeked.poll() : row();
			return (row != null) ? header.record(row) : null;
		}

		private Header twoColumns(Row first) throws IOException {
			Row next;
			while (this.peeked.size() < PEEKED && (next = row()) != null) {
				this.peeked.add(next);
			}
			return TsvRecordReader.twoColumns(first, this.peeked);
		}

		private @Nullable Row row() throws IOException {
			String line = this.in.readLine(TsvRecordReader.this.limits.record());
			while (line != null && line.isEmpty()) {
				this.emptyLines++;
				line = this.in.readLine(TsvRecordReader.this.limits.record());
			}
			return (line != null) ? TsvRecordReader.this.row(this.in.lineNumber(), line) : null;
		}

		@Override
		public long emptyLines() {
			return this.emptyLines;
		}

	}

	/** The columns; gives the first row back where it is no header. */
	private static Header twoColumns(Row first, Deque<Row> next) {
		List<String> names = first.cells().stream().map((cell) -> cell.strip().toLowerCase(Locale.ROOT)).toList();
		if (KNOWN.containsAll(names)) {
			return Header.of(new Row(first.line(), names, first.quoted(), first.quote()));
		}
		if (isNumeric(first, next, 0) || isNumeric(first, next, 1)) {
			return Header.of(first);
		}
		next.addFirst(first);
		return Header.parallelText();
	}

	private static boolean isNumeric(Row first, Deque<Row> next, int column) {
		boolean any = false;
		for (Row row : next) {
			JsonNode value = (column < row.cells().size()) ? CellType.ANY.value(row.cells().get(column)) : null;
			if (value != null && value.isString()) {
				return false;
			}
			any |= value != null && !value.isNull();
		}
		return any && CellType.ANY.value(first.cells().get(column)).isString();
	}

	private Row row(long number, String line) {
		List<String> cells = new ArrayList<>();
		int begin = 0;
		for (int end = line.indexOf('\t'); end >= 0; end = line.indexOf('\t', begin)) {
			cells.add(line.substring(begin, end));
			begin = end + 1;
			if (cells.size() > this.limits.columns()) {
				break;
			}
		}
		cells.add(line.substring(begin));
		Row row = new Row(number, cells, new BitSet(), '"');
		if (cells.size() > this.limits.columns()) {
			throw row.invalid(this.limits.columns(),
					"the row has more than " + this.limits.columns() + " cells, the most that is read");
		}
		return row;
	}

}
