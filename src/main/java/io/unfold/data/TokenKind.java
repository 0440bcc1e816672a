package io.unfold.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/** What the tokens of texts are: an option of tasks, of which a tokenizer is made. */
public enum TokenKind {

	/** Words and marks of punctuation. */
	WORDS(Tokenizer.WORDS, 30_000),

	/** Unicode code points. */
	CHARACTERS(Tokenizer.CHARACTERS, 30_000),

	/** Pieces of words, which are learned from texts. */
	SUBWORDS(null, 8_000);

	private final @Nullable Tokenizer fixed;

	private final int vocabularySize;

	TokenKind(@Nullable Tokenizer fixed, int vocabularySize) {
		this.fixed = fixed;
		this.vocabularySize = vocabularySize;
	}

	/** Tokens that a vocabulary has at most, unless something else is asked for. */
	public int vocabularySize() {
		return this.vocabularySize;
	}

	/**
	 * The tokenizer, learned if need be.
	 * @param texts of the training part
	 * @param kind of its vocabulary
	 * @param vocabularySize tokens that the vocabulary may have, the special ones among
	 * them
	 */
	public Tokenizer learn(Stream<String> texts, Vocabulary.Kind kind, int vocabularySize) {
		return (this.fixed != null) ? this.fixed : Subwords.learn(texts, vocabularySize - kind.size());
	}

	/**
	 * The tokenizer of texts whose blanks all count, learned if need be.
	 * @param chunks what {@link Tokenizer#WORDS} splits the texts of the training part
	 * into exactly, and how often there is each
	 * @param kind of its vocabulary
	 * @param vocabularySize tokens that the vocabulary may have, the special ones among
	 * them
	 */
	public Tokenizer learnExactly(Map<String, int[]> chunks, Vocabulary.Kind kind, int vocabularySize) {
		return (this.fixed != null) ? this.fixed : Subwords.learnExactly(chunks, vocabularySize - kind.size());
	}

	/**
	 * The tokenizer of tokens that are not learned.
	 * @param why tokens cannot be learned, for the error
	 * @throws InvalidFieldException at {@code tokens}, for subwords
	 */
	public Tokenizer fixed(String why) {
		if (this.fixed == null) {
			throw new InvalidFieldException("tokens", "cannot be " + id() + ": " + why);
		}
		return this.fixed;
	}

	/** The kind's name in the API: words, characters or subwords. */
	@JsonValue
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The kind of that name. */
	@JsonCreator
	public static TokenKind of(String id) {
		for (TokenKind kind : values()) {
			if (kind.id().equals(id)) {
				return kind;
			}
		}
		throw new InvalidFieldException("tokens",
				"must be one of " + Arrays.stream(values()).map(TokenKind::id).collect(Collectors.joining(", "))
						+ ", but is '" + id + "'");
	}

}
