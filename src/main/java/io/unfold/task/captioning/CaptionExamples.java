package io.unfold.task.captioning;

import java.util.List;
import java.util.stream.IntStream;

import io.unfold.nn.network.Batch;
import io.unfold.task.Examples;
import io.unfold.task.sequence.NumberEncoder;
import io.unfold.task.text.TeacherForcing;

/**
 * Encoded feature vectors with their captions.
 *
 * @param features sequences of one step
 * @param captions as many
 */
record CaptionExamples(List<NumberEncoder.Numbers> features, TeacherForcing captions) implements Examples {

	@Override
	public int size() {
		return this.features.size();
	}

	@Override
	public int steps(int example) {
		return 1;
	}

	@Override
	public int decoderSteps(int example) {
		return this.captions.steps(example);
	}

	@Override
	public int targets(int example) {
		return decoderSteps(example);
	}

	@Override
	public Batch batch(int... examples) {
		return new Batch(
				NumberEncoder.pack(IntStream.of(examples).mapToObj((i) -> this.features.get(i).values()).toList()),
				this.captions.inputs(examples), this.captions.answers(examples));
	}

}
