package io.unfold.data;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What the cells of a column of CSV or TSV can be. An empty cell is null in every column.
 */
enum CellType {

	/**
	 * A number where it parses as a finite one, an array where it parses as a JSON array,
	 * a string otherwise. Digits that begin with a 0 ("007") are a name, not a number.
	 */
	ANY {
		@Override
		JsonNode parse(String cell) {
			JsonNode number = number(cell);
			return (number != null) ? number : arrayOrString(cell);
		}

		@Override
		String plain(String cell, CsvDialect dialect) {
			return dialect.plain(cell);
		}
	},

	/**
	 * {@code sequence}, {@code features}: an array where it parses as a JSON array, or is
	 * at least two numbers separated by spaces or semicolons (one number a step), a
	 * string otherwise; never a bare number.
	 */
	SEQUENCE {
		@Override
		JsonNode parse(String cell) {
			ArrayNode numbers = numbers(cell);
			return (numbers != null) ? numbers : arrayOrString(cell);
		}

		@Override
		@Nullable String missing(String cell, JsonNode value) {
			return value.isString() ? missingNumber(cell) : null;
		}

		@Override
		String plain(String cell, CsvDialect dialect) {
			return dialect.plainList(cell);
		}
	},

	/**
	 * {@code target} without a {@code source}: a number where it parses as one, and else
	 * as {@link #SEQUENCE}, so that several numbers are an array in every form.
	 */
	TARGET {
		@Override
		JsonNode parse(String cell) {
			JsonNode number = number(cell);
			return (number != null) ? number : SEQUENCE.parse(cell);
		}

		@Override
		String plain(String cell, CsvDialect dialect) {
			String plain = dialect.plain(cell);
			return plain.equals(cell) ? dialect.plainList(cell) : plain;
		}
	},

	/**
	 * {@code tags}: an array where it parses as a JSON array, otherwise the text as it
	 * stands, with blanks between the tags; never a number.
	 */
	TAGS {
		@Override
		JsonNode parse(String cell) {
			return arrayOrString(cell);
		}
	},

	/**
	 * {@code text}, {@code source}, and {@code target} beside a {@code source}: the text
	 * as it stands.
	 */
	TEXT {
		@Override
		JsonNode parse(String cell) {
			return JsonNodeFactory.instance.stringNode(cell);
		}
	};

	private static final Pattern NUMBER = Pattern
		.compile("[+-]?(?:(?:0|[1-9]\\d*)(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?");

	private static final Pattern SEPARATOR = Pattern.compile("\\s*;\\s*|\\s+");

	/** A word of a list of numbers, with or without brackets. */
	private static final Pattern WORD = Pattern.compile("[^\\s;,\\[\\]]+");

	/** How programs write a number that is missing or infinite. */
	private static final Pattern NO_NUMBER = Pattern.compile("[+-]?(?:nan|na|n/a|null|inf|infinity)",
			Pattern.CASE_INSENSITIVE);

	/** Two separators with nothing in between. */
	private static final Pattern GAP = Pattern.compile(";\\s*;");

	/** Longer digits are not a measurement. */
	private static final int MAX_NUMBER_LENGTH = 100;

	/** A cell that is not empty. */
	abstract JsonNode parse(String cell);

	/**
	 * What stands in a cell where a finite number should; null where nothing does.
	 * @param value the cell, parsed
	 */
	@Nullable String missing(String cell, JsonNode value) {
		return null;
	}

	/** A cell. */
	JsonNode value(String cell) {
		return cell.isEmpty() ? JsonNodeFactory.instance.nullNode() : parse(cell);
	}

	/** A cell of that dialect. */
	JsonNode value(String cell, CsvDialect dialect) {
		return value(plain(cell, dialect));
	}

	/** A cell with its numbers as they are written here. */
	String plain(String cell, CsvDialect dialect) {
		return cell;
	}

	/** The types of columns of these names. */
	static List<CellType> of(List<String> header) {
		Set<String> names = new HashSet<>(header);
		List<CellType> types = new ArrayList<>();
		for (String name : header) {
			types.add(switch (name) {
				case "sequence", "features" -> SEQUENCE;
				case "text", "source" -> TEXT;
				case "target" -> names.contains("source") ? TEXT : TARGET;
				case "tags" -> TAGS;
				default -> ANY;
			});
		}
		return types;
	}

	/** The finite number that a text is, or null. */
	static @Nullable JsonNode number(String cell) {
		String text = cell.strip();
		if (text.isEmpty() || text.length() > MAX_NUMBER_LENGTH || !NUMBER.matcher(text).matches()) {
			return null;
		}
		double value = Double.parseDouble(text);
		if (!Double.isFinite(value)) {
			return null;
		}
		boolean whole = text.chars().allMatch((c) -> c == '+' || c == '-' || Character.isDigit(c));
		if (!whole) {
			return JsonNodeFactory.instance.numberNode(value);
		}
		BigDecimal exact = new BigDecimal(text);
		if (exact.precision() < 10) {
			return JsonNodeFactory.instance.numberNode(exact.intValueExact());
		}
		return (exact.precision() < 19) ? JsonNodeFactory.instance.numberNode(exact.longValueExact())
				: JsonNodeFactory.instance.numberNode(exact.toBigIntegerExact());
	}

	private static @Nullable ArrayNode numbers(String cell) {
		String[] parts = SEPARATOR.split(cell.strip(), -1);
		if (parts.length < 2) {
			return null;
		}
		ArrayNode numbers = JsonNodeFactory.instance.arrayNode();
		for (String part : parts) {
			JsonNode number = number(part);
			if (number == null) {
				return null;
			}
			numbers.add(number);
		}
		return numbers;
	}

	/**
	 * The first word of a list of numbers that is no finite number, as in "0.1 NaN 0.3",
	 * or is not there, as in "0.1;;0.3"; null where a text is no such list.
	 */
	private static @Nullable String missingNumber(String cell) {
		String missing = null;
		boolean any = false;
		Matcher words = WORD.matcher(cell);
		while (words.find()) {
			String word = words.group();
			if (number(word) != null) {
				any = true;
			}
			else if (NO_NUMBER.matcher(word).matches() || NUMBER.matcher(word).matches()) {
				missing = (missing != null) ? missing : word;
			}
			else {
				return null;
			}
		}
		if (any && missing == null && GAP.matcher(cell).find()) {
			return "";
		}
		return any ? missing : null;
	}

	private static JsonNode arrayOrString(String cell) {
		if (cell.stripLeading().startsWith("[") && cell.stripTrailing().endsWith("]")) {
			ArrayNode array = StrictJson.array(cell);
			if (array != null) {
				return array;
			}
		}
		return JsonNodeFactory.instance.stringNode(cell);
	}

}
