package io.unfold.task.sequence;

import java.util.List;
import java.util.stream.Stream;

import io.unfold.data.Scaling;
import io.unfold.data.Sequence;
import io.unfold.data.TokenKind;
import io.unfold.data.Tokenizer;
import io.unfold.data.Vocabulary;

/** Fits an encoder to the sequences of a training part. */
public final class SequenceEncoders {

	private SequenceEncoders() {
	}

	/**
	 * An encoder for sequences of the kind of {@code first}. Sequences of another kind
	 * are passed over here: the encoder refuses them.
	 * @param tokens of texts
	 */
	public static SequenceEncoder fit(Sequence first, List<Sequence> training, TokenKind tokens) {
		return (first instanceof Sequence.Numbers numbers) ? numbers(numbers, training) : tokens(training, tokens);
	}

	private static NumberEncoder numbers(Sequence.Numbers first, List<Sequence> training) {
		Scaling.Fitter fitter = Scaling.STANDARD.fitter(first.features());
		boolean any = false;
		for (Sequence sequence : training) {
			if (sequence instanceof Sequence.Numbers numbers && numbers.features() == first.features()) {
				add(numbers, fitter);
				any = true;
			}
		}
		if (!any) {
			add(first, fitter);
		}
		return new NumberEncoder(fitter.fit());
	}

	private static void add(Sequence.Numbers numbers, Scaling.Fitter fitter) {
		for (float[] step : numbers.steps()) {
			fitter.add(step);
		}
	}

	private static TokenEncoder tokens(List<Sequence> training, TokenKind tokens) {
		int size = (tokens == TokenKind.SUBWORDS) ? tokens.vocabularySize() : Integer.MAX_VALUE;
		Tokenizer tokenizer = tokens.learn(training.stream()
			.filter(Sequence.Text.class::isInstance)
			.map((sequence) -> ((Sequence.Text) sequence).text()), Vocabulary.Kind.OPEN, size);
		Stream<List<String>> split = training.stream()
			.filter((sequence) -> !(sequence instanceof Sequence.Numbers))
			.map((sequence) -> TokenEncoder.tokens(tokenizer, sequence, "/sequence"));
		return new TokenEncoder(tokenizer, tokenizer.vocabulary(Vocabulary.Kind.OPEN, split, size));
	}

}
