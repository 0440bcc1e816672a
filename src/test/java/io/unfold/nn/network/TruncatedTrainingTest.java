package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.cell.SimpleRnn;
import io.unfold.nn.network.Output.Kind;
import io.unfold.nn.network.TrainableNetwork.Pass;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Training in windows, beside training on whole sequences. */
class TruncatedTrainingTest {

	private static final int[] LENGTHS = { 23, 7, 12, 1, 20 };

	static Stream<SequenceArchitecture> architectures() {
		return TruncatedGradientTest.architectures(4);
	}

	private static TrainableNetwork<SequenceNetwork> network(SequenceArchitecture architecture) {
		return architecture.trainable(OptimizerSpec.standard(), new GradientClipping(1.0), 3);
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void forwardPassInWindowsIsThatOverWholeSequences(SequenceArchitecture architecture) {
		Batch batch = NetworkSamples.batch(architecture, 8, LENGTHS);
		try (TrainableNetwork<SequenceNetwork> network = network(architecture)) {
			SequenceNetwork twin = network.serving();
			State last = twin.run(batch.inputs(), twin.initialState(LENGTHS.length)).state();
			for (TruncatedBptt bptt : List.of(new TruncatedBptt(5, 5), new TruncatedBptt(10, 3),
					new TruncatedBptt(1, 1), new TruncatedBptt(30, 30))) {
				double loss = 0;
				int targets = 0;
				State state = null;
				for (Window window : architecture.windows(batch, bptt)) {
					Pass pass = network.loss(window, state);
					loss += pass.loss() * window.targets();
					targets += window.targets();
					state = pass.after();
				}
				assertThat(targets).isEqualTo(architecture.output().everyStep() ? 63 : 5);
				assertThat(loss / targets).isCloseTo(network.loss(batch), within(1e-6));
				for (int part = 0; part < last.parts().size(); part++) {
					assertThat(state.parts().get(part)).usingComparatorWithPrecision(1e-6f)
						.containsExactly(last.parts().get(part));
				}
			}
		}
	}

	@Test
	void washoutGoesOnFromWindowToWindow() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(List.of(new Gru(4, true)), false, 0.0, null), new Output(Kind.VALUES, 2, true));
		Batch batch = NetworkSamples.batch(architecture, 8, 9, 4, 7);
		Batch counting = new Batch(batch.inputs(), null,
				new Targets.Values(((Targets.Values) batch.targets()).data(), 5));
		try (TrainableNetwork<SequenceNetwork> network = network(architecture)) {
			double loss = 0;
			List<Integer> targets = new ArrayList<>();
			State state = null;
			for (Window window : architecture.windows(counting, new TruncatedBptt(3, 2))) {
				Pass pass = network.loss(window, state);
				loss += pass.loss() * window.targets();
				targets.add(window.targets());
				state = pass.after();
			}
			assertThat(targets).containsExactly(0, 2, 4);
			assertThat(loss / 6).isCloseTo(network.loss(counting), within(1e-6));
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void longRowInWindowsIsTheSameDataStepByStep(SequenceArchitecture architecture) {
		Batch batch = NetworkSamples.batch(architecture, 8, 200);
		try (TrainableNetwork<SequenceNetwork> network = network(architecture)) {
			SequenceNetwork twin = network.serving();
			State stepped = twin.initialState(1);
			State state = null;
			int done = 0;
			for (Window window : architecture.windows(batch, new TruncatedBptt(64, 20))) {
				for (int t = 0; t < window.batch().inputs().steps(); t++, done++) {
					stepped = twin.run(step(batch.inputs(), done), stepped).state();
				}
				state = network.loss(window, state).after();
				// rounding grows over 200 steps where a simple cell sees two earlier
				// states
				for (int part = 0; part < stepped.parts().size(); part++) {
					assertThat(state.parts().get(part)).usingComparatorWithPrecision(1e-4f)
						.containsExactly(stepped.parts().get(part));
				}
			}
			assertThat(done).isEqualTo(200);
		}
	}

	/** A step of a batch of one row. */
	private static Sequences step(Sequences inputs, int t) {
		if (inputs instanceof Sequences.Values values) {
			int size = values.features();
			return new Sequences.Values(size, Arrays.copyOfRange(values.data(), t * size, (t + 1) * size),
					new int[] { 1 });
		}
		return new Sequences.Tokens(new int[] { ((Sequences.Tokens) inputs).ids()[t] }, new int[] { 1 });
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void windowsThatCutNothingTrainToTheSameBits(SequenceArchitecture architecture) {
		SequenceArchitecture dropping = new SequenceArchitecture(architecture.input(),
				new StackSpec(architecture.stack().layers(), false, 0.3, 2), architecture.output());
		try (TrainableNetwork<SequenceNetwork> whole = network(dropping);
				TrainableNetwork<SequenceNetwork> inWindows = network(dropping)) {
			for (int i = 0; i < 3; i++) {
				Batch batch = NetworkSamples.batch(dropping, i, LENGTHS);
				List<Window> windows = dropping.windows(batch, new TruncatedBptt(23, 23));
				assertThat(windows).hasSize(1);
				assertThat(inWindows.fit(windows.get(0), null).loss()).isEqualTo(whole.fit(batch));
			}
			whole.parameters()
				.byName()
				.forEach((name, tensor) -> assertThat(inWindows.parameters().get(name).values())
					.isEqualTo(tensor.values()));
		}
	}

	@Test
	void windowsWithoutAnAnswerOnlyCarryTheState() {
		SequenceArchitecture architecture = architecture(new Lstm(4), new Output(Kind.VALUES, 2, false));
		Batch batch = NetworkSamples.batch(architecture, 8, LENGTHS);
		try (TrainableNetwork<SequenceNetwork> network = network(architecture)) {
			List<Window> windows = architecture.windows(batch, new TruncatedBptt(8, 6));
			float[] before = network.parameters().get("layer0.R").values();
			State state = null;
			for (Window window : windows.subList(0, windows.size() - 1)) {
				assertThat(window.targets()).isZero();
				state = network.fit(window, state).after();
			}
			assertThat(windows).hasSize(4);
			assertThat(network.iteration()).isZero();
			assertThat(network.parameters().get("layer0.R").values()).isEqualTo(before);
			network.fit(windows.get(3), state);
			assertThat(network.iteration()).isEqualTo(1);
			assertThat(network.parameters().get("layer0.R").values()).isNotEqualTo(before);
		}
	}

	/** What dropout hides in one window it does not hide in the next. */
	@Test
	void windowsThatCarryTheStateDropOutAnew() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(List.of(new SimpleRnn(8), new SimpleRnn(8)), false, 0.5, null),
				new Output(Kind.VALUES, 2, false));
		Batch batch = NetworkSamples.batch(architecture, 8, 6);
		try (TrainableNetwork<SequenceNetwork> network = network(architecture)) {
			Window window = architecture.windows(batch, new TruncatedBptt(1, 1)).get(0);
			assertThat(network.fit(window, null).after().parts().get(1))
				.isNotEqualTo(network.fit(window, null).after().parts().get(1));
		}
	}

	/** Every answer is the first token, which only the carried state can tell. */
	@Test
	void learnsWhatOnlyTheCarriedStateCanTell() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Tokens(4),
				new StackSpec(List.of(new Gru(16, true)), false, 0.0, 8), new Output(Kind.CLASSES, 3, true));
		TruncatedBptt bptt = new TruncatedBptt(6, 6);
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(new OptimizerSpec.Adam(0.01),
				new GradientClipping(1.0), 1)) {
			Random random = new Random(2);
			double last = 0;
			for (int i = 0; i < 150; i++) {
				int[] ids = new int[30 * 16];
				Arrays.fill(ids, 3);
				int[] targets = new int[30 * 16];
				for (int row = 0; row < 16; row++) {
					ids[row] = random.nextInt(3);
					for (int t = 0; t < 30; t++) {
						targets[t * 16 + row] = ids[row];
					}
				}
				int[] lengths = random.ints(16, 20, 30).toArray();
				lengths[0] = 30;
				State state = null;
				for (Window window : architecture
					.windows(new Batch(new Sequences.Tokens(ids, lengths), null, new Targets.Classes(targets)), bptt)) {
					Pass pass = network.fit(window, state);
					last = pass.loss();
					state = pass.after();
				}
			}
			assertThat(last).isLessThan(0.05);
		}
	}

	/** As a whole it would take 300 MB. */
	@Test
	void longSequencesTakeTheMemoryOfAWindow() {
		for (boolean everyStep : new boolean[] { true, false }) {
			SequenceArchitecture architecture = architecture(new Lstm(64), new Output(Kind.VALUES, 1, everyStep));
			TruncatedBptt bptt = new TruncatedBptt(50, 20);
			try (TrainableNetwork<SequenceNetwork> network = network(architecture)) {
				train(network, architecture, bptt, 500);
				long before = Pointer.physicalBytes();
				train(network, architecture, bptt, 10_000);
				assertThat(Pointer.physicalBytes() - before).isLessThan(100L << 20);
			}
			assertThat(architecture.trainingBytes(8, 10_000, 0, null)).isGreaterThan(300L << 20);
			assertThat(architecture.trainingBytes(8, 10_000, 0, bptt)).isLessThan(100L << 20);
		}
	}

	private static void train(TrainableNetwork<SequenceNetwork> network, SequenceArchitecture architecture,
			TruncatedBptt bptt, int steps) {
		int[] lengths = new int[8];
		Arrays.fill(lengths, steps);
		State state = null;
		for (Window window : architecture.windows(NetworkSamples.batch(architecture, 1, lengths), bptt)) {
			state = network.fit(window, state).after();
		}
	}

	@Test
	void gradientsOverFewerStepsTakeLessTimeByEstimate() {
		SequenceArchitecture every = architecture(new Lstm(64), new Output(Kind.VALUES, 1, true));
		SequenceArchitecture once = architecture(new Lstm(64), new Output(Kind.VALUES, 1, false));
		for (SequenceArchitecture architecture : List.of(every, once)) {
			double whole = architecture.trainingFlops(8, 1000, 0, null);
			assertThat(architecture.trainingFlops(8, 1000, 0, new TruncatedBptt(1000, 1000))).isEqualTo(whole);
			assertThat(architecture.trainingFlops(8, 1000, 0, new TruncatedBptt(100, 10))).isLessThan(0.5 * whole)
				.isGreaterThan(whole / 3);
		}
	}

	@Test
	void cutsASequenceIntoWindowsInOrder() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Tokens(40),
				new StackSpec(List.of(new Gru(2, true)), false, 0.0, 2), new Output(Kind.CLASSES, 40, true));
		// two rows, of five steps and of two
		Batch batch = new Batch(new Sequences.Tokens(new int[] { 1, 11, 2, 12, 3, 0, 4, 0, 5, 0 }, new int[] { 5, 2 }),
				null, new Targets.Classes(new int[] { 21, 31, 22, 32, 23, 0, 24, 0, 25, 0 }));
		List<int[]> ids = new ArrayList<>();
		List<int[]> lengths = new ArrayList<>();
		List<int[]> targets = new ArrayList<>();
		for (Window window : architecture.windows(batch, new TruncatedBptt(3, 2))) {
			ids.add(((Sequences.Tokens) window.batch().inputs()).ids());
			lengths.add(window.batch().inputs().lengths());
			targets.add(((Targets.Classes) window.batch().targets()).ids());
		}
		assertThat(ids).containsExactly(new int[] { 1, 11, 2, 12, 3, 0 }, new int[] { 4, 0, 5, 0 });
		assertThat(lengths).containsExactly(new int[] { 3, 2 }, new int[] { 2, 0 });
		assertThat(targets).containsExactly(new int[] { 21, 31, 22, 32, 23, 0 }, new int[] { 24, 0, 25, 0 });
	}

	@Test
	void networksThatNeedWholeSequencesSayWhy() {
		SequenceArchitecture bidirectional = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(List.of(new Gru(4, true)), true, 0.0, null), new Output(Kind.VALUES, 2, true));
		EncoderDecoderArchitecture encoderDecoder = NetworkSamples.encoderDecoders(3).get(0);
		assertThat(architecture(new Gru(4, true), new Output(Kind.VALUES, 2, true)).whyWhole()).isNull();
		for (Architecture<?> architecture : List.of(bidirectional, encoderDecoder)) {
			assertThat(architecture.whyWhole()).isNotBlank();
			Batch batch = NetworkSamples.batch(architecture, 1, 4, 3);
			assertThatThrownBy(() -> architecture.windows(batch, new TruncatedBptt(2, 1)))
				.isInstanceOf(IllegalArgumentException.class);
		}
	}

	private static SequenceArchitecture architecture(CellSpec cell, Output output) {
		return new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(List.of(cell), false, 0.0, null), output);
	}

}
