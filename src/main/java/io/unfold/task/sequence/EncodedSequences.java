package io.unfold.task.sequence;

import java.util.List;

import io.unfold.data.DataSource;
import io.unfold.data.ListView;
import io.unfold.data.SpillingList;
import io.unfold.data.TokenKind;
import io.unfold.task.Examples;
import io.unfold.task.Faults;
import io.unfold.task.Split;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import org.jspecify.annotations.Nullable;

/**
 * The sequences of a dataset as a network reads them.
 *
 * @param encoder fitted to the training part
 * @param sequences in the order of the data
 * @param steps of each
 * @param parts which of them are held out
 */
public record EncodedSequences(SequenceEncoder encoder, List<Encoded> sequences, int[] steps, Split.Parts parts) {

	/**
	 * Encodes sequences of the kind of the first.
	 * @param data where the examples come from
	 * @param tokens of texts
	 * @param fitted to other sequences; null: to these
	 * @throws io.unfold.problem.InvalidRequestException with the lines of sequences of
	 * another kind
	 */
	public static EncodedSequences fit(DataSource data, List<? extends SequenceExample<?>> examples, Split.Parts parts,
			TokenKind tokens, @Nullable SequenceEncoder fitted) {
		SequenceEncoder encoder = (fitted != null) ? fitted : SequenceEncoders.fit(examples.get(0).sequence(),
				ListView.of(parts.training(), (i) -> examples.get(i).sequence()), tokens);
		List<Encoded> encoded = new SpillingList<>(data.scratch(), Encoded.CODEC);
		int[] steps = new int[examples.size()];
		Faults faults = new Faults();
		for (SequenceExample<?> example : examples) {
			faults.check(example.line(), () -> {
				Encoded sequence = encoder.encode(example.sequence(), "/sequence");
				steps[encoded.size()] = sequence.steps();
				encoded.add(sequence);
			});
		}
		faults.throwIfAny();
		return new EncodedSequences(encoder, encoded, steps, parts);
	}

	/** The training part, to be answered so. */
	public Examples training(Answers answers) {
		return new SequenceExamples(this, answers, this.parts.training());
	}

	/** The validation part, to be answered so. */
	public Examples validation(Answers answers) {
		return new SequenceExamples(this, answers, this.parts.validation());
	}

	/** The part that the evaluation is made on. */
	public List<Encoded> evaluation() {
		return ListView.of(this.parts.evaluation(), this.sequences::get);
	}

}
