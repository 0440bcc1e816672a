package io.unfold.task.text;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;

/**
 * How BLEU splits a text into words, by the names that sacreBLEU has for it. It has
 * nothing to do with a model's own tokens, so that models which have different ones can
 * be compared.
 */
public enum BleuTokenizer {

	/**
	 * Marks of punctuation and symbols of ASCII each on its own; but a dot or a comma
	 * stays between digits, a hyphen stays unless it follows a digit, and an apostrophe
	 * stays. These are the rules of NIST's mteval-v13a, by which WMT's figures are made.
	 */
	V13A("13a") {
		@Override
		List<String> split(String text) {
			String plain = text.replace("<skipped>", "")
				.replace("-\n", "")
				.replace('\n', ' ')
				.replace("&quot;", "\"")
				.replace("&amp;", "&")
				.replace("&lt;", "<")
				.replace("&gt;", ">");
			String marked = MARKS.matcher(" " + plain + " ").replaceAll(" $0 ");
			String after = NOT_AFTER_DIGIT.matcher(marked).replaceAll("$1 $2 ");
			String before = NOT_BEFORE_DIGIT.matcher(after).replaceAll(" $1 $2");
			return NONE.split(HYPHEN_AFTER_DIGIT.matcher(before).replaceAll("$1 - "));
		}
	},

	/** At blanks alone: for texts that are tokenised already. */
	NONE("none") {
		@Override
		List<String> split(String text) {
			return BLANKS.splitAsStream(text).filter((word) -> !word.isEmpty()).toList();
		}
	},

	/** Every character that is not blank: for languages that do not write spaces. */
	CHAR("char") {
		@Override
		List<String> split(String text) {
			return NONE.split(text).stream().flatMapToInt(String::codePoints).mapToObj(Character::toString).toList();
		}
	};

	/** All of ASCII's but the apostrophe, the comma, the hyphen and the dot. */
	private static final Pattern MARKS = Pattern.compile("[ -&(-+/:-@\\[-`{-~]");

	private static final Pattern NOT_AFTER_DIGIT = Pattern.compile("([^0-9])([.,])");

	private static final Pattern NOT_BEFORE_DIGIT = Pattern.compile("([.,])([^0-9])");

	private static final Pattern HYPHEN_AFTER_DIGIT = Pattern.compile("([0-9])-");

	/** What separates words in Python, too: no-break spaces and separators of ASCII. */
	private static final Pattern BLANKS = Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);

	private final String id;

	BleuTokenizer(String id) {
		this.id = id;
	}

	/** The words of a text. */
	abstract List<String> split(String text);

	/** The tokenizer's name in the API. */
	@JsonValue
	public String id() {
		return this.id;
	}

	/** The tokenizer of that name. */
	@JsonCreator
	public static BleuTokenizer of(String id) {
		for (BleuTokenizer tokenizer : values()) {
			if (tokenizer.id.equals(id.toLowerCase(Locale.ROOT))) {
				return tokenizer;
			}
		}
		throw new InvalidFieldException("bleuTokenizer",
				"must be one of " + Arrays.stream(values()).map(BleuTokenizer::id).collect(Collectors.joining(", "))
						+ ", but is '" + id + "'");
	}

}
