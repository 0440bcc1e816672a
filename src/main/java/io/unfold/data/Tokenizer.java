package io.unfold.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;

/**
 * How a text becomes tokens, and tokens a text. Blanks of any kind at either end are
 * dropped and runs of them count as one space, so that noise in the spacing does no harm.
 */
public enum Tokenizer {

	/**
	 * Words, and marks of punctuation each on its own. Apostrophes, hyphens, dots,
	 * underscores and at signs stay within a word ({@code don't}, {@code U.S},
	 * {@code a@b.c}), as do commas, colons and slashes between digits ({@code 1,000},
	 * {@code 12:30}), and a sign before a digit ({@code -5}). Joining puts spaces where
	 * print has them, which need not be where they were.
	 */
	WORDS {
		@Override
		public List<String> split(String text) {
			return Words.split(text);
		}

		@Override
		public String join(List<String> tokens) {
			return Words.join(tokens);
		}
	},

	/** Characters, that is Unicode code points, single spaces among them. */
	CHARACTERS {
		@Override
		public List<String> split(String text) {
			List<String> tokens = new ArrayList<>(text.length());
			boolean space = false;
			for (int i = 0; i < text.length();) {
				int c = text.codePointAt(i);
				i += Character.charCount(c);
				if (isBlank(c)) {
					space = !tokens.isEmpty();
				}
				else {
					if (space) {
						tokens.add(" ");
						space = false;
					}
					tokens.add(Character.toString(c));
				}
			}
			return tokens;
		}

		@Override
		public String join(List<String> tokens) {
			return String.join("", tokens);
		}
	};

	/** The tokens of a text; none of a blank one. */
	public abstract List<String> split(String text);

	/** The text of tokens. */
	public abstract String join(List<String> tokens);

	/** The tokenizer's name in the API: words or characters. */
	@JsonValue
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The tokenizer of that name. */
	@JsonCreator
	public static Tokenizer of(String id) {
		for (Tokenizer tokenizer : values()) {
			if (tokenizer.id().equals(id)) {
				return tokenizer;
			}
		}
		throw new InvalidFieldException("tokens",
				"must be one of " + Arrays.stream(values()).map(Tokenizer::id).collect(Collectors.joining(", "))
						+ ", but is '" + id + "'");
	}

	/** Whether a code point separates words: no-break spaces do, too. */
	static boolean isBlank(int c) {
		return Character.isWhitespace(c) || Character.isSpaceChar(c);
	}

}
