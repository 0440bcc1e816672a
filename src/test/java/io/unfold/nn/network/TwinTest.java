package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Serving twins against the graphs they come from, and against themselves. */
class TwinTest {

	static List<SequenceArchitecture> sequences() {
		return NetworkSamples.sequences();
	}

	static List<EncoderDecoderArchitecture> encoderDecoders() {
		return NetworkSamples.encoderDecoders(4);
	}

	static Stream<Architecture<?>> all() {
		return Stream.of(sequences(), encoderDecoders(), NetworkSamples.conditionedDecoders(4)).flatMap(List::stream);
	}

	/** As the twin's outputs are the graph's, so is the loss that they have. */
	@ParameterizedTest
	@MethodSource("all")
	void answersWhatTheGraphAnswers(Architecture<?> architecture) {
		try (TrainableNetwork<?> network = architecture.trainable(OptimizerSpec.standard(), GradientClipping.none(),
				9)) {
			Batch warm = NetworkSamples.batch(architecture, 1, 3, 4);
			network.fit(warm);
			GraphOutputs graph = new GraphOutputs(architecture, network.parameters());
			ServingNetwork twin = network.serving();
			for (int[] lengths : new int[][] { { 5, 2, 4 }, { 1 }, { 4 } }) {
				Batch batch = NetworkSamples.batch(architecture, lengths.length, lengths);
				assertThat(maxDifference(graph.of(batch), twin(twin, batch))).isLessThan(1e-5);
			}
		}
	}

	private static float[] twin(ServingNetwork network, Batch batch) {
		if (network instanceof SequenceNetwork sequence) {
			return sequence.run(batch.inputs(), sequence.initialState(batch.inputs().batch())).outputs();
		}
		DecoderNetwork decoder = (DecoderNetwork) network;
		Sequences.Tokens previous = batch.decoderInputs();
		State state = (network instanceof ConditionedDecoderNetwork conditioned)
				? conditioned.start(((Sequences.Values) batch.inputs()).data(), batch.inputs().batch())
				: ((EncoderDecoderNetwork) network).encode((Sequences.Tokens) batch.inputs());
		List<float[]> steps = new ArrayList<>();
		int rows = previous.batch();
		for (int t = 0; t < previous.steps(); t++) {
			int[] tokens = new int[rows];
			System.arraycopy(previous.ids(), t * rows, tokens, 0, rows);
			DecoderNetwork.Step step = decoder.step(tokens, state);
			state = step.state();
			steps.add(step.logProbabilities());
		}
		int size = steps.get(0).length;
		float[] outputs = new float[steps.size() * size];
		for (int i = 0; i < outputs.length; i++) {
			boolean has = i / size < previous.lengths()[i % rows];
			outputs[i] = has ? (float) Math.exp(steps.get(i / size)[i % size]) : 0;
		}
		return outputs;
	}

	private static double maxDifference(float[] a, float[] b) {
		assertThat(a).hasSameSizeAs(b);
		double worst = 0;
		for (int i = 0; i < a.length; i++) {
			worst = Math.max(worst, Math.abs(a[i] - b[i]));
			assertThat(Float.isFinite(b[i])).isTrue();
		}
		return worst;
	}

	static List<SequenceArchitecture> some() {
		return NetworkSamples.someSequences(4);
	}

	@ParameterizedTest
	@MethodSource("some")
	void batchEqualsSingleRows(SequenceArchitecture architecture) {
		SequenceNetwork network = fresh(architecture);
		Batch batch = NetworkSamples.batch(architecture, 4, 4, 1, 3);
		float[] together = twin(network, batch);
		for (int row = 0; row < 3; row++) {
			float[] alone = twin(network, new Batch(row(batch.inputs(), row), null, batch.targets()));
			for (int i = 0; i < alone.length; i++) {
				assertThat(together[i * 3 + row]).isCloseTo(alone[i], within(1e-6f));
			}
		}
	}

	private static Sequences row(Sequences sequences, int row) {
		int length = sequences.lengths()[row];
		int batch = sequences.batch();
		if (sequences instanceof Sequences.Values values) {
			float[] data = new float[length * values.features()];
			for (int i = 0; i < data.length; i++) {
				data[i] = values.data()[i * batch + row];
			}
			return new Sequences.Values(values.features(), data, new int[] { length });
		}
		int[] ids = new int[length];
		for (int t = 0; t < length; t++) {
			ids[t] = ((Sequences.Tokens) sequences).ids()[t * batch + row];
		}
		return new Sequences.Tokens(ids, new int[] { length });
	}

	@Test
	void stepByStepEqualsWhole() {
		for (CellSpec cell : List.of(new Lstm(4), new Gru(4, true))) {
			SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
					new StackSpec(List.of(cell, cell), false, 0.0, null), new Output(Output.Kind.CLASSES, 3, true));
			SequenceNetwork network = fresh(architecture);
			Sequences.Values inputs = NetworkSamples.values(new Random(4), 5, 5);
			SequenceNetwork.Result whole = network.run(inputs, network.initialState(2));
			State state = network.initialState(2);
			int size = NetworkSamples.FEATURES * 2;
			for (int t = 0; t < 5; t++) {
				float[] step = new float[size];
				System.arraycopy(inputs.data(), t * size, step, 0, size);
				SequenceNetwork.Result result = network
					.run(new Sequences.Values(NetworkSamples.FEATURES, step, new int[] { 1, 1 }), state);
				state = result.state();
				float[] expected = new float[6];
				System.arraycopy(whole.outputs(), t * 6, expected, 0, 6);
				assertThat(maxDifference(expected, result.outputs())).isLessThan(1e-6);
			}
			for (int i = 0; i < state.parts().size(); i++) {
				assertThat(maxDifference(whole.state().parts().get(i), state.parts().get(i))).isLessThan(1e-6);
			}
		}
	}

	@Test
	void stateIsThatAfterEachRowsLastStep() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(List.of(new Lstm(4)), false, 0.0, null), new Output(Output.Kind.VALUES, 2, true));
		SequenceNetwork network = fresh(architecture);
		Sequences inputs = NetworkSamples.values(new Random(5), 4, 2);
		State together = network.run(inputs, network.initialState(2)).state();
		State alone = network.run(row(inputs, 1), network.initialState(1)).state();
		assertThat(together.select(1).parts()).hasSize(2);
		for (int i = 0; i < 2; i++) {
			assertThat(maxDifference(alone.parts().get(i), together.select(1).parts().get(i))).isLessThan(1e-6);
		}
	}

	@Test
	void paddingIsNeverLookedAt() {
		for (boolean bidirectional : new boolean[] { false, true }) {
			SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
					new StackSpec(List.of(new Gru(4, false)), bidirectional, 0.0, null),
					new Output(Output.Kind.VALUES, 2, false));
			try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(OptimizerSpec.standard(),
					GradientClipping.none(), 3)) {
				Batch clean = NetworkSamples.batch(architecture, 8, 5, 2);
				Sequences.Values values = (Sequences.Values) clean.inputs();
				float[] dirty = values.data().clone();
				for (int i = 2 * NetworkSamples.FEATURES * 2 + 1; i < dirty.length; i += 2) {
					dirty[i] = Float.NaN;
				}
				Batch padded = new Batch(new Sequences.Values(values.features(), dirty, values.lengths()), null,
						clean.targets());
				assertThat(network.loss(padded)).isEqualTo(network.loss(clean));
				assertThat(twin(network.serving(), padded)).isEqualTo(twin(network.serving(), clean));
				assertThat(network.fit(padded)).isFinite();
			}
		}
	}

	@Test
	void answersManyThreadsAtOnceAsItAnswersOne() throws Exception {
		EncoderDecoderArchitecture architecture = new EncoderDecoderArchitecture(6, 7, EncoderDecoderSpec.standard());
		EncoderDecoderNetwork network;
		try (TrainableNetwork<EncoderDecoderNetwork> trainable = architecture.trainable(OptimizerSpec.standard(),
				GradientClipping.none(), 9)) {
			network = trainable.serving();
		}
		List<Batch> batches = new ArrayList<>();
		List<float[]> expected = new ArrayList<>();
		for (int i = 0; i < 8; i++) {
			batches.add(NetworkSamples.batch(architecture, i, 1 + i, 9 - i, 4));
			expected.add(twin(network, batches.get(i)));
		}
		ExecutorService threads = Executors.newFixedThreadPool(8);
		try {
			List<Callable<float[]>> calls = new ArrayList<>();
			for (int i = 0; i < 160; i++) {
				Batch batch = batches.get(i % 8);
				calls.add(() -> twin(network, batch));
			}
			List<Future<float[]>> answers = threads.invokeAll(calls);
			for (int i = 0; i < answers.size(); i++) {
				assertThat(answers.get(i).get()).isEqualTo(expected.get(i % 8));
			}
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void refusesParametersOfAnotherNetwork() {
		SequenceArchitecture architecture = NetworkSamples.sequences().get(0);
		try (TrainableNetwork<SequenceNetwork> other = NetworkSamples.sequences()
			.get(8)
			.trainable(OptimizerSpec.standard(), GradientClipping.none(), 1)) {
			Tensors parameters = other.parameters();
			assertThatThrownBy(() -> architecture.serving(parameters)).isInstanceOf(IllegalArgumentException.class);
		}
	}

	@Test
	void refusesInputsOfAnotherKind() {
		SequenceNetwork network = fresh(NetworkSamples.sequences().get(0));
		Sequences tokens = new Sequences.Tokens(new int[] { 1 }, new int[] { 1 });
		assertThatThrownBy(() -> network.run(tokens, network.initialState(1)))
			.isInstanceOf(IllegalArgumentException.class);
	}

	private static SequenceNetwork fresh(SequenceArchitecture architecture) {
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(OptimizerSpec.standard(),
				GradientClipping.none(), 7)) {
			return network.serving();
		}
	}

}
