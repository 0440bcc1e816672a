package io.unfold.data;

import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import tools.jackson.databind.JsonNode;

/**
 * How a text becomes tokens, and tokens a text. Blanks of any kind at either end are
 * dropped and runs of them count as one space, so that noise in the spacing does no harm;
 * or else all of them are kept. Immutable.
 */
public sealed interface Tokenizer permits FixedTokenizer, Subwords {

	/**
	 * Words, and marks of punctuation each on its own. Apostrophes, hyphens, dots,
	 * underscores and at signs stay within a word ({@code don't}, {@code U.S},
	 * {@code a@b.c}), as do commas, colons and slashes between digits ({@code 1,000},
	 * {@code 12:30}), and a sign before a digit ({@code -5}). Joining puts spaces where
	 * print has them, which need not be where they were.
	 */
	Tokenizer WORDS = FixedTokenizer.WORDS;

	/** Characters, that is Unicode code points, single spaces among them. */
	Tokenizer CHARACTERS = FixedTokenizer.CHARACTERS;

	/** The tokens of a text; none of a blank one. */
	List<String> split(String text);

	/** The text of tokens that a text was split into. */
	String join(List<String> tokens);

	/** A text as its tokens are put together. */
	default String rejoined(String text) {
		return join(split(text));
	}

	/**
	 * The tokens of a text with all of its blanks, line breaks among them: put one after
	 * another they are the text.
	 */
	List<String> splitExactly(String text);

	/**
	 * The vocabulary of texts.
	 * @param texts as they were split
	 * @param maxSize tokens that it has at most, the special ones among them
	 */
	default Vocabulary vocabulary(Vocabulary.Kind kind, Stream<List<String>> texts, int maxSize) {
		Vocabulary.Counter counter = new Vocabulary.Counter();
		texts.forEach(counter::addAll);
		return counter.vocabulary(kind, 1, maxSize);
	}

	/** What is stored with a model: a name, or an object with what was learned. */
	@JsonValue
	Object stored();

	/** The tokenizer that was stored so. */
	@JsonCreator(mode = JsonCreator.Mode.DELEGATING)
	static Tokenizer of(JsonNode stored) {
		if (stored.isString()) {
			return FixedTokenizer.of(stored.stringValue());
		}
		return new Subwords(stored.required(Subwords.STORED).valueStream().map(JsonNode::stringValue).toList());
	}

	/** Whether there is nothing to split in a text. */
	static boolean isBlank(String text) {
		return text.codePoints().allMatch(Tokenizer::isBlank);
	}

	/** Whether a code point separates words: no-break spaces do, too. */
	static boolean isBlank(int c) {
		return Character.isWhitespace(c) || Character.isSpaceChar(c);
	}

}
