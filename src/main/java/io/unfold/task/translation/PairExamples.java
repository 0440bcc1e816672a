package io.unfold.task.translation;

import java.util.List;
import java.util.stream.IntStream;

import io.unfold.data.Packing;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.Targets;
import io.unfold.task.Examples;
import io.unfold.task.sequence.TokenEncoder;

/**
 * Encoded pairs. The decoder reads the start token and then the true tokens (teacher
 * forcing), and should answer the true tokens and then the end token.
 *
 * @param sources [example][time]
 * @param targets [example][time], without start and end
 */
record PairExamples(List<int[]> sources, List<int[]> targets, Markers markers) implements Examples {

	@Override
	public int size() {
		return this.sources.size();
	}

	@Override
	public int steps(int example) {
		return this.sources.get(example).length;
	}

	@Override
	public int decoderSteps(int example) {
		return this.targets.get(example).length + 1;
	}

	@Override
	public int targets(int example) {
		return decoderSteps(example);
	}

	@Override
	public Batch batch(int... examples) {
		List<int[]> inputs = IntStream.of(examples)
			.mapToObj((i) -> joined(new int[] { this.markers.start() }, this.targets.get(i)))
			.toList();
		List<int[]> answers = IntStream.of(examples)
			.mapToObj((i) -> joined(this.targets.get(i), new int[] { this.markers.end() }))
			.toList();
		return new Batch(TokenEncoder.pack(IntStream.of(examples).mapToObj(this.sources::get).toList()),
				TokenEncoder.pack(inputs), new Targets.Classes(Packing.ids(answers)));
	}

	private static int[] joined(int[] first, int[] second) {
		return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
	}

}
