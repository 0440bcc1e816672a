package io.unfold.task.sequence;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.Packing;
import io.unfold.data.Sequence;
import io.unfold.data.Subwords;
import io.unfold.data.TokenKind;
import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.StepInput;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;

/**
 * Turns tokens, or the tokens of a text, into their numbers. Tokens that the training
 * part does not have become the unknown token.
 *
 * @param tokenizer splits texts
 * @param vocabulary of the training part
 */
@JsonTypeName("tokens")
public record TokenEncoder(Tokenizer tokenizer, Vocabulary vocabulary) implements SequenceEncoder {

	/**
	 * An encoder of texts.
	 * @param texts of the training part
	 * @param vocabularySize tokens of the vocabulary at most, the special ones among them
	 */
	public static TokenEncoder fit(TokenKind tokens, List<String> texts, Vocabulary.Kind kind, int vocabularySize) {
		Tokenizer tokenizer = tokens.learn(texts.stream(), kind, vocabularySize);
		return new TokenEncoder(tokenizer,
				tokenizer.vocabulary(kind, texts.stream().map(tokenizer::split), vocabularySize));
	}

	/** The tokens with a meaning of their own, of a marked vocabulary. */
	public Markers markers() {
		return new Markers(this.vocabulary.start(), this.vocabulary.end(),
				Set.of(this.vocabulary.start(), this.vocabulary.unknown()));
	}

	@Override
	public StepInput input() {
		return new StepInput.Tokens(this.vocabulary.size());
	}

	@Override
	public Encoded encode(Sequence sequence, String pointer) {
		List<String> tokens = tokens(this.tokenizer, sequence, pointer);
		return new Ids(this.vocabulary.encode(tokens));
	}

	/** The tokens of a sequence of tokens or of a text. */
	public static List<String> tokens(Tokenizer tokenizer, Sequence sequence, String pointer) {
		if (sequence instanceof Sequence.Tokens tokens) {
			if (tokenizer instanceof Subwords) {
				throw new InvalidRequestException(pointer,
						"must be a text, not a list of tokens: the task's 'tokens' are subwords, which texts are split into");
			}
			return tokens.tokens();
		}
		if (sequence instanceof Sequence.Text text) {
			return SequenceRecords.tokens(tokenizer, text.text(), pointer);
		}
		throw new InvalidRequestException(
				Violation.of(pointer, "must be tokens or a text, as those that the model is trained on"));
	}

	/** The tokens of a text, as ids; at least one. */
	public int[] encode(String text, String pointer) {
		return this.vocabulary.encode(SequenceRecords.tokens(this.tokenizer, text, pointer));
	}

	@Override
	public Sequences batch(List<Encoded> rows) {
		return pack(rows.stream().map((row) -> ((Ids) row).ids()).toList());
	}

	/**
	 * A padded batch.
	 * @param rows of [time]
	 */
	public static Sequences.Tokens pack(List<int[]> rows) {
		return new Sequences.Tokens(Packing.ids(rows), rows.stream().mapToInt((row) -> row.length).toArray());
	}

	/**
	 * @param ids [time]
	 */
	public record Ids(int[] ids) implements Encoded {

		@Override
		public int steps() {
			return this.ids.length;
		}

	}

}
