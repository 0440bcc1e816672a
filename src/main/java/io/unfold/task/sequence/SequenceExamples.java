package io.unfold.task.sequence;

import java.util.stream.IntStream;

import io.unfold.nn.network.Batch;
import io.unfold.task.Examples;

/**
 * A part of a dataset's sequences, with what should be answered to them.
 *
 * @param rows numbers of its sequences
 */
record SequenceExamples(EncodedSequences data, Answers answers, int[] rows) implements Examples {

	@Override
	public int size() {
		return this.rows.length;
	}

	@Override
	public int steps(int example) {
		return this.data.steps()[this.rows[example]];
	}

	@Override
	public int decoderSteps(int example) {
		return 0;
	}

	@Override
	public int targets(int example) {
		return this.answers.count(this.rows[example]);
	}

	@Override
	public Batch batch(int... examples) {
		int[] batch = IntStream.of(examples).map((i) -> this.rows[i]).toArray();
		return new Batch(this.data.encoder().batch(IntStream.of(batch).mapToObj(this.data.sequences()::get).toList()),
				null, this.answers.targets(batch));
	}

}
