package io.unfold.task.translation;

import java.util.stream.IntStream;

import io.unfold.nn.network.Batch;
import io.unfold.task.Examples;
import io.unfold.task.sequence.TokenEncoder;
import io.unfold.task.text.EncodedTexts;
import io.unfold.task.text.TeacherForcing;

/**
 * Encoded pairs.
 *
 * @param targets as many as there are sources
 */
record PairExamples(EncodedTexts sources, TeacherForcing targets) implements Examples {

	@Override
	public int size() {
		return this.sources.size();
	}

	@Override
	public int steps(int example) {
		return this.sources.lengths()[example];
	}

	@Override
	public int decoderSteps(int example) {
		return this.targets.steps(example);
	}

	@Override
	public int targets(int example) {
		return decoderSteps(example);
	}

	@Override
	public Batch batch(int... examples) {
		return new Batch(TokenEncoder.pack(IntStream.of(examples).mapToObj(this.sources.ids()::get).toList()),
				this.targets.inputs(examples), this.targets.answers(examples));
	}

}
