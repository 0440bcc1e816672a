package io.unfold.data;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The columns of CSV or TSV.
 *
 * @param names of the columns, without blanks around them
 * @param types of their cells
 * @param dialect in which numbers are written
 */
record Header(List<String> names, List<CellType> types, CsvDialect dialect) {

	private Header(List<String> names, CsvDialect dialect) {
		this(names, CellType.of(names), dialect);
	}

	/** Source and target of parallel text, which has no header of its own. */
	static Header parallelText() {
		return new Header(List.of("source", "target"), CsvDialect.STANDARD);
	}

	/** The columns that a header row names. */
	static Header of(Row row) {
		return of(row, CsvDialect.STANDARD);
	}

	/**
	 * The columns as the client, or the first row, names them; where nothing does, they
	 * are column1, column2 and so on.
	 */
	static Header of(Row row, CsvDialect dialect) {
		int width = row.cells().size();
		List<String> given = dialect.columns();
		if (given != null) {
			if (given.size() != width) {
				throw row.invalid(Math.min(given.size(), width),
						"the row has " + width + " cells, but 'columns' has " + given.size() + " names");
			}
			return new Header(given, dialect);
		}
		if (!dialect.header()) {
			return new Header(IntStream.rangeClosed(1, width).mapToObj((i) -> "column" + i).toList(), dialect);
		}
		List<String> names = row.cells().stream().map(String::strip).toList();
		Set<String> seen = new HashSet<>();
		for (int i = 0; i < names.size(); i++) {
			if (names.get(i).isEmpty()) {
				throw row.invalid(i, "column " + (i + 1) + " has no name in the header");
			}
			if (!seen.add(names.get(i))) {
				throw row.invalid(i, "two columns are named '" + names.get(i) + "' in the header");
			}
		}
		return new Header(names, dialect);
	}

	/** A row as a record. */
	DataRecord record(Row row) {
		int expected = this.names.size();
		int actual = row.cells().size();
		if (actual != expected) {
			throw row.invalid(Math.min(actual, expected), "the row has " + actual + " cells, but there are " + expected
					+ " columns" + ((actual > expected) ? ": quote a cell that holds the separator" : ""));
		}
		ObjectNode fields = JsonNodeFactory.instance.objectNode();
		for (int i = 0; i < expected; i++) {
			String cell = row.cells().get(i);
			JsonNode value = this.types.get(i).value(cell, this.dialect);
			String missing = this.types.get(i).missing(cell, value);
			if (missing != null) {
				throw row.invalid(i,
						"the cell is a list of numbers that holds '"
								+ missing.substring(0, Math.min(missing.length(), 20))
								+ "': numbers must be there, and finite");
			}
			fields.set(this.names.get(i), value);
		}
		return new DataRecord(row.line(), fields);
	}

}
