package io.unfold.data;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Finds out how separated values are written from the first rows. The delimiter is the
 * one that most rows have equally often, and among equals whose cells are the most like
 * values: numbers, lists of three numbers or more (two can be one with a decimal comma),
 * and texts without other delimiters. The first row is data, not a header, when every
 * column's first cell is of the kind that the cells below it are, numbers among them.
 */
final class CsvSniffer {

	private static final int ROWS = 50;

	private static final Pattern COMMA = Pattern.compile("\\s*[+-]?\\d+,\\d+\\s*");

	/** But for what could be thousands. */
	private static final Pattern POINT = Pattern.compile("\\s*[+-]?(?!\\d{1,3}\\.\\d{3}\\s*$)\\d*\\.\\d+\\s*");

	/** With either decimal separator. */
	private static final Pattern NUMBER = Pattern.compile("\\s*[+-]?[\\d.,]*\\d(?:[eE][+-]?\\d+)?\\s*");

	private static final Pattern NUMBERS = Pattern
		.compile("\\s*[+-]?[\\d.]+(?:[eE][+-]?\\d+)?(?:[;\\s]+[+-]?[\\d.]+(?:[eE][+-]?\\d+)?){2,}\\s*");

	private static final Pattern WHOLE = Pattern.compile("\\d{1,9}");

	private static final Pattern BLANKS = Pattern.compile("\\s+");

	private final String head;

	private CsvSniffer(String head) {
		this.head = head;
	}

	/**
	 * @param head the first bytes of the file, in UTF-8
	 * @param whole whether they are all of it
	 * @param given what the client says of it
	 */
	static CsvDialect sniff(byte[] head, boolean whole, CsvDialect.Given given) {
		String text = new String(head, StandardCharsets.UTF_8);
		text = text.startsWith("\uFEFF") ? text.substring(1) : text;
		int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
		CsvSniffer sniffer = new CsvSniffer((whole || end < 0) ? text : text.substring(0, end));
		char quote = (given.quote() != null) ? given.quote().charAt(0) : sniffer.quote();
		char delimiter = (given.delimiter() != null) ? given.delimiter().charAt(0) : sniffer.delimiter(quote);
		List<List<String>> rows = sniffer.rows(delimiter, quote);
		char decimal = (given.decimal() != null) ? given.decimal().charAt(0) : decimal(rows, delimiter);
		CsvDialect dialect = new CsvDialect(delimiter, quote, true, decimal);
		boolean header = (given.header() != null) ? given.header() : hasHeader(rows, dialect, given.names());
		return new CsvDialect(delimiter, quote, header, decimal, given.names());
	}

	private char quote() {
		return (this.head.indexOf('"') < 0
				&& Pattern.compile("(?m)(?:^|[,;|\t])'[^'\n]*'(?:[,;|\t]|$)").matcher(this.head).find()) ? '\'' : '"';
	}

	private char delimiter(char quote) {
		char best = ',';
		double bestScore = 0;
		for (char delimiter : CsvDialect.DELIMITERS) {
			double score = score(rows(delimiter, quote), delimiter);
			if (score > bestScore) {
				bestScore = score;
				best = delimiter;
			}
		}
		return best;
	}

	/** Rows of one cell say nothing. */
	private static double score(List<List<String>> rows, char delimiter) {
		Map<Integer, Integer> counts = new HashMap<>();
		rows.forEach((row) -> counts.merge(row.size(), 1, Integer::sum));
		double values = rows.stream()
			.flatMap(List::stream)
			.mapToDouble((cell) -> isValue(cell, delimiter) ? 1 : 0.5)
			.average()
			.orElse(0);
		return counts.entrySet()
			.stream()
			.filter((count) -> count.getKey() > 1)
			.mapToDouble((count) -> 10.0 * count.getValue() / rows.size() + values)
			.max()
			.orElse(0);
	}

	private static boolean isValue(String cell, char delimiter) {
		return NUMBER.matcher(cell).matches() || NUMBERS.matcher(cell).matches()
				|| CsvDialect.DELIMITERS.stream().allMatch((other) -> other == delimiter || cell.indexOf(other) < 0);
	}

	/** The first rows; as many as can be read. */
	private List<List<String>> rows(char delimiter, char quote) {
		List<List<String>> rows = new ArrayList<>();
		try (CsvReader<CsvRecord> reader = CsvReader.builder()
			.fieldSeparator(delimiter)
			.quoteCharacter(quote)
			.extraFieldStrategy(FieldMismatchStrategy.IGNORE)
			.missingFieldStrategy(FieldMismatchStrategy.IGNORE)
			.ofCsvRecord(this.head)) {
			for (CsvRecord row : reader) {
				rows.add(row.getFields());
				if (rows.size() == ROWS) {
					break;
				}
			}
		}
		catch (CsvParseException | IOException ex) {
			// the head may end within a quoted cell
		}
		return rows;
	}

	private static char decimal(List<List<String>> rows, char delimiter) {
		if (delimiter == ',') {
			return '.';
		}
		boolean commas = false;
		for (List<String> row : rows) {
			for (String cell : row) {
				for (String word : BLANKS.split(cell, -1)) {
					if (POINT.matcher(word).matches()) {
						return '.';
					}
					commas |= COMMA.matcher(word).matches();
				}
			}
		}
		return commas ? ',' : '.';
	}

	private static boolean hasHeader(List<List<String>> rows, CsvDialect dialect, @Nullable List<String> names) {
		if (rows.size() < 2) {
			return names == null || (!rows.isEmpty() && rows.get(0).equals(names));
		}
		List<String> first = rows.get(0);
		if (first.equals(names) || isCount(first, rows.subList(1, rows.size()))) {
			return true;
		}
		boolean numbers = false;
		for (int column = 0; column < first.size(); column++) {
			boolean number = isNumber(first.get(column), dialect);
			for (List<String> row : rows.subList(1, rows.size())) {
				if (column < row.size() && !row.get(column).isBlank() && isNumber(row.get(column), dialect) != number) {
					return true;
				}
			}
			numbers |= number;
		}
		// where the client names the columns, nothing speaks for a header of texts above
		// texts
		return !numbers && names == null;
	}

	/** The header 0, 1, 2 that programs give, above numbers that are not all whole. */
	private static boolean isCount(List<String> first, List<List<String>> data) {
		for (int i = 0; i < first.size(); i++) {
			if (!WHOLE.matcher(first.get(i)).matches()
					|| Long.parseLong(first.get(i)) != Long.parseLong(first.get(0)) + i) {
				return false;
			}
		}
		return first.size() > 1 && data.stream()
			.flatMap(List::stream)
			.anyMatch((cell) -> !cell.isBlank() && !WHOLE.matcher(cell.strip()).matches());
	}

	private static boolean isNumber(String cell, CsvDialect dialect) {
		JsonNode value = CellType.ANY.value(dialect.plain(cell));
		return value.isNumber() || value.isArray();
	}

}
