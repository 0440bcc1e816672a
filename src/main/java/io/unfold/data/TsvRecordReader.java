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
	public Cursor open(Utf8Reader in) throws IOException {
		Deque<Row> peeked = new ArrayDeque<>();
		Row first = row(in);
		if (first == null) {
			return () -> null;
		}
		Header header;
		if (first.cells().size() == 2) {
			Row next;
			while (peeked.size() < PEEKED && (next = row(in)) != null) {
				peeked.add(next);
			}
			header = twoColumns(first, peeked);
		}
		else {
			header = Header.of(first);
		}
		return () -> {
			Row row = !peeked.isEmpty() ? peeked.poll() : row(in);
			return (row != null) ? header.record(row) : null;
		};
	}

	/** The columns; gives the first row back where it is no header. */
	private static Header twoColumns(Row first, Deque<Row> next) {
		List<String> names = first.cells().stream().map((cell) -> cell.strip().toLowerCase(Locale.ROOT)).toList();
		if (KNOWN.containsAll(names)) {
			return Header.of(new Row(first.line(), names, first.quoted()));
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

	private @Nullable Row row(Utf8Reader in) throws IOException {
		String line;
		do {
			line = in.readLine(this.limits.record());
		}
		while (line != null && line.isEmpty());
		if (line == null) {
			return null;
		}
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
		Row row = new Row(in.lineNumber(), cells, new BitSet());
		if (cells.size() > this.limits.columns()) {
			throw row.invalid(this.limits.columns(),
					"the row has more than " + this.limits.columns() + " cells, the most that is read");
		}
		return row;
	}

}
