package io.unfold.nn.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Reservoir;
import io.unfold.nn.cell.SimpleRnn;
import io.unfold.nn.network.Output.Kind;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ReservoirNetworkTest {

	static List<SequenceArchitecture> reservoirs() {
		return NetworkSamples.reservoirs();
	}

	private static SolvableNetwork<SequenceNetwork> solved(SequenceArchitecture architecture, long seed,
			Batch... batches) {
		return solved(architecture.solvable(seed).orElseThrow(), batches);
	}

	private static SolvableNetwork<SequenceNetwork> solved(SolvableNetwork<SequenceNetwork> network, Batch... batches) {
		for (int pass = 0; pass < network.passes(); pass++) {
			for (Batch batch : batches) {
				network.add(batch);
			}
			network.endPass();
		}
		return network;
	}

	private static Tensors parameters(SequenceArchitecture architecture, long seed, Batch... batches) {
		try (SolvableNetwork<SequenceNetwork> network = solved(architecture, seed, batches)) {
			return network.parameters();
		}
	}

	private static Batch row(Batch batch, Output output, int row) {
		int rows = batch.inputs().batch();
		int length = batch.inputs().lengths()[row];
		int targets = output.everyStep() ? length : 1;
		Sequences inputs = (batch.inputs() instanceof Sequences.Values values)
				? new Sequences.Values(values.features(), pick(values.data(), rows, row, length * values.features()),
						new int[] { length })
				: new Sequences.Tokens(pick(((Sequences.Tokens) batch.inputs()).ids(), rows, row, length),
						new int[] { length });
		return new Batch(inputs, null,
				(batch.targets() instanceof Targets.Values values)
						? new Targets.Values(pick(values.data(), rows, row, targets * output.size()), values.washout())
						: new Targets.Classes(pick(((Targets.Classes) batch.targets()).ids(), rows, row, targets)));
	}

	private static float[] pick(float[] values, int rows, int row, int count) {
		float[] picked = new float[count];
		for (int i = 0; i < count; i++) {
			picked[i] = values[i * rows + row];
		}
		return picked;
	}

	private static int[] pick(int[] values, int rows, int row, int count) {
		int[] picked = new int[count];
		Arrays.setAll(picked, (i) -> values[i * rows + row]);
		return picked;
	}

	private static void assertSame(Tensors actual, Tensors expected) {
		assertThat(actual.byName().keySet()).isEqualTo(expected.byName().keySet());
		expected.byName().forEach((name, tensor) -> {
			for (int i = 0; i < tensor.values().length; i++) {
				float value = tensor.values()[i];
				assertThat(actual.get(name).values()[i]).as(name)
					.isCloseTo(value, within(1e-4f * Math.max(1, Math.abs(value))));
			}
		});
	}

	/** What is padded in one mini-batch stands alone in others. */
	@ParameterizedTest
	@MethodSource("reservoirs")
	void miniBatchesAndTheirPaddingMakeNoDifference(SequenceArchitecture architecture) {
		int[] lengths = { 9, 2, 5, 1, 7, 3 };
		Batch together = NetworkSamples.batch(architecture, 4, lengths);
		Batch[] alone = new Batch[lengths.length];
		Arrays.setAll(alone, (row) -> row(together, architecture.output(), row));
		assertSame(parameters(architecture, 1, alone), parameters(architecture, 1, together));
	}

	/** The graph runs in doubles, on the plain formulas. */
	@ParameterizedTest
	@MethodSource("reservoirs")
	void twinAnswersWhatTheGraphAnswersAndHasTheLossOfTheNetworkInTraining(SequenceArchitecture architecture) {
		Batch batch = NetworkSamples.batch(architecture, 4, 6, 2, 5);
		try (SolvableNetwork<SequenceNetwork> network = solved(architecture, 1, batch)) {
			SequenceNetwork twin = architecture.serving(network.parameters());
			float[] answers = twin.run(batch.inputs(), twin.initialState(3)).outputs();
			assertThat(answers).usingComparatorWithPrecision(1e-5f)
				.containsExactly(new GraphOutputs(architecture, network.parameters()).of(batch));
			assertThat(network.judge(batch).loss()).isCloseTo(loss(architecture.output(), answers, batch),
					within(1e-5));
			assertThat(network.trainLoss()).isCloseTo(network.judge(batch).loss(), within(1e-5));
			assertThat(
					network.parameters().byName().values().stream().mapToLong((tensor) -> tensor.values().length).sum())
				.isEqualTo(architecture.parameterCount());
		}
	}

	private static double loss(Output output, float[] answers, Batch batch) {
		int rows = batch.inputs().batch();
		int steps = output.everyStep() ? batch.inputs().steps() : 1;
		double loss = 0;
		int count = 0;
		for (int t = 0; t < steps; t++) {
			for (int row = 0; row < rows; row++) {
				if (t >= batch.inputs().lengths()[row]) {
					continue;
				}
				count++;
				for (int k = 0; k < output.size(); k++) {
					int i = (t * output.size() + k) * rows + row;
					if (batch.targets() instanceof Targets.Values values) {
						loss += Math.pow(answers[i] - values.data()[i], 2) / 2 / output.size();
					}
					else if (((Targets.Classes) batch.targets()).ids()[t * rows + row] == k) {
						loss -= Math.log(answers[i]);
					}
				}
			}
		}
		return loss / count;
	}

	/** States by the formula, the readout by Gauss's elimination; all in doubles. */
	@ParameterizedTest
	@ValueSource(ints = { 0, 3 })
	void agreesWithAPlainSolution(int washout) {
		double ridge = 0.01;
		int units = 6;
		double leak = 0.6;
		int steps = 40;
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(List.of(new Reservoir(units, 0.8, 0.3, 0.7, 0.4, leak)), false, 0.0, null,
						new Readout(ridge)),
				new Output(Kind.VALUES, 1, true));
		Batch batch = NetworkSamples.batch(architecture, 4, steps);
		Tensors parameters;
		try (SolvableNetwork<SequenceNetwork> network = solved(
				new ReservoirNetwork(architecture, new Readout(ridge), (b) -> masked(architecture, b, washout), 5),
				batch)) {
			parameters = network.parameters();
		}
		float[] w = parameters.get("layer0.W").values();
		float[] r = parameters.get("layer0.R").values();
		float[] b = parameters.get("layer0.b").values();
		float[] x = ((Sequences.Values) batch.inputs()).data();
		double[][] system = new double[units + 1][units + 2];
		double[] h = new double[units];
		for (int t = 0; t < steps; t++) {
			double[] next = new double[units + 1];
			for (int u = 0; u < units; u++) {
				double sum = b[u];
				for (int i = 0; i < NetworkSamples.FEATURES; i++) {
					sum += w[u * NetworkSamples.FEATURES + i] * x[t * NetworkSamples.FEATURES + i];
				}
				for (int v = 0; v < units; v++) {
					sum += r[u * units + v] * h[v];
				}
				next[u] = (1 - leak) * h[u] + leak * Math.tanh(sum);
			}
			h = Arrays.copyOf(next, units);
			next[units] = 1;
			for (int i = 0; t >= washout && i <= units; i++) {
				for (int j = 0; j <= units; j++) {
					system[i][j] += next[i] * next[j];
				}
				system[i][units + 1] += next[i] * ((Targets.Values) batch.targets()).data()[t];
			}
		}
		for (int i = 0; i < units; i++) {
			system[i][i] += ridge;
		}
		eliminate(system);
		for (int i = 0; i < units; i++) {
			assertThat((double) parameters.get("output.W").values()[i]).isCloseTo(system[i][units + 1], within(1e-4));
		}
		assertThat((double) parameters.get("output.b").values()[0]).isCloseTo(system[units][units + 1], within(1e-4));
	}

	private static void eliminate(double[][] system) {
		for (int i = 0; i < system.length; i++) {
			double pivot = system[i][i];
			for (int j = 0; j < system[i].length; j++) {
				system[i][j] /= pivot;
			}
			for (int row = 0; row < system.length; row++) {
				double factor = (row != i) ? system[row][i] : 0;
				for (int j = 0; j < system[i].length; j++) {
					system[row][j] -= factor * system[i][j];
				}
			}
		}
	}

	/** The labels of a mini-batch of one row, of which the first do not count. */
	private static GraphBatch masked(SequenceArchitecture architecture, Batch batch, int washout) {
		GraphBatch arrays = architecture.arrays(batch, DataType.FLOAT);
		float[] mask = new float[batch.inputs().steps()];
		Arrays.fill(mask, Math.min(washout, mask.length), mask.length, 1);
		return new GraphBatch(arrays.inputs(), arrays.masks(), arrays.labels(),
				GraphArrays.array(mask, DataType.FLOAT, 1, mask.length), arrays.lossScale());
	}

	@Test
	void longSequencesAreRunPieceByPieceToTheSameEnd() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(
						List.of(new Reservoir(150, 0.9, 0.9, 1, 0.5, 0.5), new Reservoir(100, 0.9, 0.9, 1, 0.5, 1)),
						false, 0.0, null, new Readout(1e-3)),
				new Output(Kind.VALUES, 1, true));
		Batch batch = NetworkSamples.batch(architecture, 4, 2500, 1200, 700);
		assertThat(ReservoirStates.together(3, 100, 2500)).isLessThan(900);
		try (SolvableNetwork<SequenceNetwork> network = solved(architecture, 1, batch)) {
			SequenceNetwork twin = architecture.serving(network.parameters());
			float[] answers = twin.run(batch.inputs(), twin.initialState(3)).outputs();
			assertThat(network.trainLoss()).isCloseTo(loss(architecture.output(), answers, batch), within(1e-6));
		}
	}

	@Test
	void factorOfLogitsIsTheBest() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Tokens(NetworkSamples.VOCABULARY),
				new StackSpec(List.of(new Reservoir(8, 0.9, 0.5, 1, 0.5, 1)), false, 0.0, 5, new Readout(0.1)),
				new Output(Kind.CLASSES, 3, true));
		Batch batch = NetworkSamples.batch(architecture, 4, 300, 200, 250);
		try (SolvableNetwork<SequenceNetwork> network = solved(architecture, 1, batch)) {
			double best = loss(architecture, network.parameters(), 1, batch);
			assertThat(best).isLessThan(Math.log(3))
				.isLessThan(loss(architecture, network.parameters(), 0.97, batch))
				.isLessThan(loss(architecture, network.parameters(), 1.03, batch));
		}
	}

	private static double loss(SequenceArchitecture architecture, Tensors parameters, double factor, Batch batch) {
		Map<String, Tensor> scaled = new LinkedHashMap<>(parameters.byName());
		for (String name : List.of("output.W", "output.b")) {
			float[] values = scaled.get(name).values().clone();
			for (int i = 0; i < values.length; i++) {
				values[i] *= (float) factor;
			}
			scaled.put(name, new Tensor(scaled.get(name).shape(), values));
		}
		SequenceNetwork twin = architecture.serving(new Tensors(scaled));
		return loss(architecture.output(),
				twin.run(batch.inputs(), twin.initialState(batch.inputs().batch())).outputs(), batch);
	}

	@Test
	void sameSeedGivesTheSameBits() {
		SequenceArchitecture architecture = NetworkSamples.reservoirs().get(0);
		Batch batch = NetworkSamples.batch(architecture, 4, 9, 2, 5);
		Tensors first = parameters(architecture, 1, batch);
		Tensors second = parameters(architecture, 1, batch);
		Tensors other = parameters(architecture, 2, batch);
		first.byName().forEach((name, tensor) -> {
			assertThat(second.get(name).values()).isEqualTo(tensor.values());
			assertThat(other.get(name).values()).isNotEqualTo(tensor.values());
		});
	}

	@Test
	void badNumbersAreRefused() {
		SequenceArchitecture architecture = architecture(new Readout(1e-3));
		try (SolvableNetwork<SequenceNetwork> network = architecture.solvable(1).orElseThrow()) {
			for (float bad : new float[] { Float.NaN, Float.POSITIVE_INFINITY }) {
				Batch batch = new Batch(new Sequences.Values(1, new float[] { 0, 1 }, new int[] { 2 }), null,
						new Targets.Values(new float[] { 1, bad }, 0));
				assertThatThrownBy(() -> network.add(batch)).isInstanceOf(UnsolvableException.class)
					.hasMessageContaining("not a number");
			}
		}
	}

	@Test
	void saysThatTheRidgeIsTooSmallForTheData() {
		SequenceArchitecture architecture = architecture(new Readout(0));
		assertThatThrownBy(() -> parameters(architecture, 1, few())).isInstanceOf(UnsolvableException.class)
			.hasMessageContaining("readout.ridge is too small: with 0.0");
		assertThat(parameters(architecture(new Readout(1e-6)), 1, few()).get("output.W").values()).hasSize(10);
	}

	/** Three steps for ten units. */
	private static Batch few() {
		return new Batch(new Sequences.Values(1, new float[] { 0, 1, 2 }, new int[] { 3 }), null,
				new Targets.Values(new float[] { 1, 2, 3 }, 0));
	}

	private static SequenceArchitecture architecture(@Nullable Readout readout) {
		return new SequenceArchitecture(new StepInput.Values(1),
				new StackSpec(List.of(new Reservoir(10, 0.9, 0.5, 1, 0.5, 1)), false, 0.0, null, readout),
				new Output(Kind.VALUES, 1, true));
	}

	@Test
	void saysThatNoAnswerCounts() {
		SequenceArchitecture architecture = architecture(null);
		try (SolvableNetwork<SequenceNetwork> network = new ReservoirNetwork(architecture, Readout.standard(),
				(b) -> masked(architecture, b, 3), 5)) {
			network.add(few());
			assertThatThrownBy(network::endPass).isInstanceOf(UnsolvableException.class)
				.hasMessageContaining("no step whose answer counts");
		}
	}

	@Test
	void isNotTrainedByGradientDescent() {
		assertThatThrownBy(() -> architecture(null).trainable(OptimizerSpec.standard(), GradientClipping.none(), 1))
			.isInstanceOf(IllegalStateException.class);
		SequenceArchitecture other = new SequenceArchitecture(new StepInput.Values(1),
				new StackSpec(List.<CellSpec>of(new SimpleRnn(2)), false, 0.0, null), new Output(Kind.VALUES, 1, true));
		assertThat(other.solvable(1)).isEmpty();
		assertThat(other.passes(7)).isEqualTo(7);
		assertThat(architecture(null).passes(7)).isEqualTo(1);
	}

}
