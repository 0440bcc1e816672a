package io.unfold.task.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.data.TokenKind;
import io.unfold.task.Examples;
import io.unfold.task.Faults;
import io.unfold.task.Split;
import io.unfold.task.sequence.SequenceEncoder.Encoded;

/**
 * The sequences of a dataset as a network reads them.
 *
 * @param encoder fitted to the training part
 * @param sequences in the order of the data
 * @param parts which of them are held out
 */
public record EncodedSequences(SequenceEncoder encoder, List<Encoded> sequences, Split.Parts parts) {

	/**
	 * Encodes sequences of the kind of the first.
	 * @param tokens of texts
	 * @throws io.unfold.problem.InvalidRequestException with the lines of sequences of
	 * another kind
	 */
	public static EncodedSequences fit(List<? extends SequenceExample<?>> examples, Split.Parts parts,
			TokenKind tokens) {
		SequenceEncoder encoder = SequenceEncoders.fit(examples.get(0).sequence(),
				IntStream.of(parts.training()).mapToObj((i) -> examples.get(i).sequence()).toList(), tokens);
		List<Encoded> encoded = new ArrayList<>();
		Faults faults = new Faults();
		for (SequenceExample<?> example : examples) {
			faults.check(example.line(), () -> encoded.add(encoder.encode(example.sequence(), "/sequence")));
		}
		faults.throwIfAny();
		return new EncodedSequences(encoder, encoded, parts);
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
		return IntStream.of(this.parts.evaluation()).mapToObj(this.sequences::get).toList();
	}

}
