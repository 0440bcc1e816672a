package io.unfold.task.sequence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.unfold.data.Codecs;
import io.unfold.data.Sequence;
import io.unfold.data.SpillingList.Codec;

/**
 * A sequence of a dataset, and what should be answered to it.
 *
 * @param line of the data
 * @param sequence as it was sent
 * @param answer a label, tags, numbers
 * @param <A> what an answer is
 */
public record SequenceExample<A>(long line, Sequence sequence, A answer) {

	/** How examples are written to files. */
	static <A> Codec<SequenceExample<A>> codec(Codec<A> answers) {
		return new Codec<>() {

			@Override
			public long heapBytes(SequenceExample<A> example) {
				return Codecs.SEQUENCE.heapBytes(example.sequence()) + answers.heapBytes(example.answer());
			}

			@Override
			public void write(SequenceExample<A> example, DataOutput out) throws IOException {
				out.writeLong(example.line());
				Codecs.SEQUENCE.write(example.sequence(), out);
				answers.write(example.answer(), out);
			}

			@Override
			public SequenceExample<A> read(DataInput in) throws IOException {
				return new SequenceExample<>(in.readLong(), Codecs.SEQUENCE.read(in), answers.read(in));
			}

		};
	}
}
