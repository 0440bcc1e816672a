package io.unfold.data;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * How a file of separated values is written.
 *
 * @param delimiter between the cells of a row
 * @param quote around cells that hold delimiters, quotes or line ends
 * @param header whether the first row names the columns; without one they are column1,
 * column2 and so on
 * @param decimal what separates the digits of numbers below 1 from those above
 * @param columns names that the client gives the columns; null: the header's
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CsvDialect(char delimiter, char quote, boolean header, char decimal, @Nullable List<String> columns) {

	/** That of RFC 4180. */
	public static final CsvDialect STANDARD = new CsvDialect(',', '"', true, '.');

	public CsvDialect {
		columns = (columns != null) ? List.copyOf(columns) : null;
	}

	/** A dialect whose columns are named by the header, if at all. */
	CsvDialect(char delimiter, char quote, boolean header, char decimal) {
		this(delimiter, quote, header, decimal, null);
	}

	static final List<Character> DELIMITERS = List.of(',', ';', '\t', '|');

	/** "12,5", or "1.234,5": where a comma is the decimal separator, a point is none. */
	private static final Pattern DECIMAL_COMMA = Pattern
		.compile("\\s*[+-]?(?:\\d+,\\d*|\\d{1,3}(?:\\.\\d{3})+(?:,\\d*)?)(?:[eE][+-]?\\d+)?\\s*");

	/** "1,234.5": with both separators there is no doubt. */
	private static final Pattern THOUSANDS = Pattern
		.compile("\\s*[+-]?(?:\\d{1,3}(?:,\\d{3})+\\.\\d+|\\d{1,3}(?:,\\d{3}){2,})\\s*");

	private static final Pattern COMMA_IN_NUMBER = Pattern.compile("(?<=\\d),(?=\\d)");

	/**
	 * Finds out how a file is written from its beginning.
	 * @param head the first bytes, in UTF-8; a few thousand are enough
	 * @param whole whether they are all of it
	 * @param given what the client says of it, which holds
	 */
	public static CsvDialect sniff(byte[] head, boolean whole, Given given) {
		return CsvSniffer.sniff(head, whole, given);
	}

	/** A cell as numbers are written here: with a point, and without thousands. */
	String plain(String cell) {
		if (this.decimal == ',') {
			return DECIMAL_COMMA.matcher(cell).matches() ? cell.replace(".", "").replace(',', '.') : cell;
		}
		return (cell.indexOf(',') >= 0 && THOUSANDS.matcher(cell).matches()) ? cell.replace(",", "") : cell;
	}

	/** A cell that is a list of numbers with spaces between them. */
	String plainList(String cell) {
		return (this.decimal == ',') ? COMMA_IN_NUMBER.matcher(cell).replaceAll(".") : cell;
	}

	/**
	 * What a client says of a file; what is null is found out.
	 *
	 * @param delimiter a character, or the name of one: comma, semicolon, tab, pipe
	 * @param quote a character
	 * @param decimal a point or a comma
	 * @param columns names of the columns, separated by commas
	 */
	public record Given(@Nullable String delimiter, @Nullable String quote, @Nullable Boolean header,
			@Nullable String decimal, @Nullable String columns) {

		/** Nothing is said. */
		public static final Given NOTHING = new Given(null, null, null, null, null);

		public Given {
			delimiter = (delimiter != null) ? named(delimiter) : null;
			if (quote != null && quote.length() != 1) {
				throw new InvalidFieldException("quote", "must be one character, but is '" + quote + "'");
			}
			if (decimal != null && !decimal.equals(".") && !decimal.equals(",")) {
				throw new InvalidFieldException("decimal", "must be '.' or ',', but is '" + decimal + "'");
			}
			if (delimiter != null && delimiter.equals(quote)) {
				throw new InvalidFieldException("quote", "must not be the delimiter");
			}
			if (columns != null) {
				names(columns);
			}
		}

		@Nullable List<String> names() {
			return (this.columns != null) ? names(this.columns) : null;
		}

		private static List<String> names(String columns) {
			List<String> names = Arrays.stream(columns.split(",", -1)).map(String::strip).toList();
			if (names.contains("") || new HashSet<>(names).size() < names.size()) {
				throw new InvalidFieldException("columns", "must be different names, separated by commas");
			}
			return names;
		}

		private static String named(String delimiter) {
			String character = switch (delimiter) {
				case "comma" -> ",";
				case "semicolon" -> ";";
				case "tab", "\\t" -> "\t";
				case "pipe" -> "|";
				default -> delimiter;
			};
			if (character.length() != 1 || "\r\n".contains(character)) {
				throw new InvalidFieldException("delimiter",
						"must be one character, or comma, semicolon, tab or pipe, but is '" + delimiter + "'");
			}
			return character;
		}

		/** Whether anything is said. */
		public boolean any() {
			return !equals(NOTHING);
		}

	}

}
