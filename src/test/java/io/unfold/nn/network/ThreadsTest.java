package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.cell.Recurrence;
import io.unfold.nn.network.Output.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Mini-batches whose rows are divided over threads. */
class ThreadsTest {

	private static final int[] LENGTHS = { 9, 2, 7, 4, 1 };

	static Stream<Architecture<?>> architectures() {
		return Stream
			.of(NetworkSamples.someSequences(4), NetworkSamples.encoderDecoders(3).subList(0, 3),
					NetworkSamples.attending(3), NetworkSamples.autoencoders(3).subList(0, 4),
					NetworkSamples.conditionedDecoders(3).subList(0, 4))
			.flatMap(List::stream);
	}

	private static TrainableNetwork<?> network(Architecture<?> architecture, int threads) {
		return architecture
			.trainable(new LearningSpec(OptimizerSpec.standard(), new GradientClipping(1.0), threads, 3));
	}

	private static List<Double> train(TrainableNetwork<?> network, Architecture<?> architecture) {
		List<Double> losses = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Batch batch = NetworkSamples.batch(architecture, i, LENGTHS);
			losses.add(network.fit(batch));
			losses.add(network.loss(batch));
		}
		return losses;
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void rowsOnSeveralThreadsAreTrainedAsOnOne(Architecture<?> architecture) {
		try (TrainableNetwork<?> one = network(architecture, 1)) {
			List<Double> expected = train(one, architecture);
			for (int threads : new int[] { 2, 3, 8 }) {
				try (TrainableNetwork<?> several = network(architecture, threads)) {
					assertThat(train(several, architecture)).usingComparatorForType(ThreadsTest::compare, Double.class)
						.isEqualTo(expected);
				}
			}
		}
	}

	private static int compare(Double a, Double b) {
		return (Math.abs(a - b) < 1e-4) ? 0 : Double.compare(a, b);
	}

	static Stream<Architecture<?>> withDropout() {
		return Stream.of(
				new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
						new StackSpec(List.of(new Lstm(4, new Recurrence(1, 1, null, 0.3)), new Gru(3, true)), false,
								0.3, null),
						new Output(Kind.CLASSES, 3, true)),
				new SequenceArchitecture(new StepInput.Tokens(NetworkSamples.VOCABULARY),
						new StackSpec(List.of(new Gru(4, false), new Gru(4, false)), true, 0.3, 5),
						new Output(Kind.VALUES, 2, false)));
	}

	@ParameterizedTest
	@MethodSource("withDropout")
	void sameSeedAndThreadsGiveTheSameBits(Architecture<?> architecture) {
		for (int threads : new int[] { 2, 3 }) {
			try (TrainableNetwork<?> first = network(architecture, threads);
					TrainableNetwork<?> second = network(architecture, threads)) {
				assertThat(train(second, architecture)).isEqualTo(train(first, architecture));
				first.parameters()
					.byName()
					.forEach((name, tensor) -> assertThat(second.parameters().get(name).values())
						.isEqualTo(tensor.values()));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("withDropout")
	void rowsOfAThreadDropOutOnTheirOwn(Architecture<?> architecture) {
		try (TrainableNetwork<?> one = network(architecture, 1); TrainableNetwork<?> two = network(architecture, 2)) {
			Batch row = NetworkSamples.batch(architecture, 1, 5, 5);
			assertThat(two.fit(row)).isNotEqualTo(one.fit(row));
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void windowsOnSeveralThreadsAreTrainedAsOnOne(Architecture<?> architecture) {
		if (architecture.whyWhole() != null) {
			assertThatThrownBy(
					() -> architecture.windows(NetworkSamples.batch(architecture, 5, LENGTHS), new TruncatedBptt(3, 2)))
				.isInstanceOf(IllegalArgumentException.class);
			return;
		}
		try (TrainableNetwork<?> one = network(architecture, 1); TrainableNetwork<?> two = network(architecture, 2)) {
			State stateOfOne = null;
			State stateOfTwo = null;
			// the last rows have ended before the last windows
			for (Window window : architecture.windows(NetworkSamples.batch(architecture, 5, LENGTHS),
					new TruncatedBptt(3, 2))) {
				TrainableNetwork.Pass passOfOne = one.fit(window, stateOfOne);
				TrainableNetwork.Pass passOfTwo = two.fit(window, stateOfTwo);
				assertThat(compare(passOfTwo.loss(), passOfOne.loss())).isZero();
				stateOfOne = passOfOne.after();
				stateOfTwo = passOfTwo.after();
				for (int part = 0; part < stateOfOne.parts().size(); part++) {
					assertThat(stateOfTwo.parts().get(part)).usingComparatorWithPrecision(1e-4f)
						.containsExactly(stateOfOne.parts().get(part));
				}
			}
		}
	}

}
