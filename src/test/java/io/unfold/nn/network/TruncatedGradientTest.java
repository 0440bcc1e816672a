package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.unfold.nn.cell.CellSamples;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.network.Output.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The gradients of windows, against those of the truncated objective. */
class TruncatedGradientTest {

	/** Rows that end within a window, at its end, and long before the others. */
	private static final int[] LENGTHS = { 9, 4, 6, 2 };

	private static final List<TruncatedBptt> WINDOWS = List.of(new TruncatedBptt(4, 4), new TruncatedBptt(4, 2),
			new TruncatedBptt(3, 1));

	/**
	 * Every cell, alone and on top of and below another; inputs and answers of all kinds.
	 */
	static Stream<SequenceArchitecture> architectures() {
		return architectures(3);
	}

	static Stream<SequenceArchitecture> architectures(int units) {
		List<SequenceArchitecture> all = new ArrayList<>();
		List<CellSpec> cells = new ArrayList<>(CellSamples.trained(units));
		cells.addAll(CellSamples.ofEachRecurrence(units));
		StepInput values = new StepInput.Values(NetworkSamples.FEATURES);
		StepInput tokens = new StepInput.Tokens(NetworkSamples.VOCABULARY);
		for (int i = 0; i < cells.size(); i++) {
			StackSpec one = new StackSpec(List.of(cells.get(i)), false, 0.0, 2);
			StackSpec two = new StackSpec(List.of(cells.get(i), cells.get((i + 1) % cells.size())), false, 0.0, 2);
			for (boolean everyStep : new boolean[] { true, false }) {
				all.add(new SequenceArchitecture(values, one, new Output(Kind.CLASSES, 3, everyStep)));
				all.add(new SequenceArchitecture(tokens, one, new Output(Kind.VALUES, 2, everyStep)));
				all.add(new SequenceArchitecture(tokens, two, new Output(Kind.CLASSES, 3, everyStep)));
				all.add(new SequenceArchitecture(values, two, new Output(Kind.VALUES, 2, everyStep)));
			}
		}
		return all.stream();
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void gradientIsNumericallyThatOfTheTruncatedObjective(SequenceArchitecture architecture) {
		Batch batch = NetworkSamples.batch(architecture, 3, LENGTHS);
		for (TruncatedBptt bptt : WINDOWS) {
			TrainingGraph graph = graph(architecture, DataType.DOUBLE);
			Map<String, double[]> parameters = parameters(graph);
			State state = null;
			for (Window window : architecture.windows(batch, bptt)) {
				Fit fit = fit(graph, architecture, window, state, DataType.DOUBLE);
				if (window.targets() > 0) {
					TruncatedObjective objective = new TruncatedObjective(architecture, parameters, window, state);
					assertThat(fit.loss()).isCloseTo(objective.loss(parameters), within(1e-12));
					fit.gradients().forEach((name, gradient) -> {
						double[] values = parameters.get(name);
						for (int i = 0; i < values.length; i++) {
							double value = values[i];
							values[i] = value + 1e-5;
							double up = objective.loss(parameters);
							values[i] = value - 1e-5;
							double down = objective.loss(parameters);
							values[i] = value;
							assertThat(gradient[i]).as("%s of %s", name, window)
								.isCloseTo((up - down) / 2e-5, within(1e-8));
						}
					});
				}
				state = fit.after();
			}
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void outputLearnsFromAllStepsAndTheLayersBelowFromTheLastOnes(SequenceArchitecture architecture) {
		Batch batch = NetworkSamples.batch(architecture, 3, LENGTHS);
		TrainingGraph graph = graph(architecture, DataType.DOUBLE);
		Window whole = new Window(batch, LENGTHS.length, 9);
		Window cut = new Window(batch, LENGTHS.length, 2);
		Map<String, double[]> all = fit(graph, architecture, whole, null, DataType.DOUBLE).gradients();
		Map<String, double[]> last = fit(graph, architecture, cut, null, DataType.DOUBLE).gradients();
		assertThat(last.get("output_W")).isEqualTo(all.get("output_W"));
		assertThat(last.get("layer0_R")).isNotEqualTo(all.get("layer0_R"));
	}

	/** Of several sizes, and of single rows, for which the kernels work differently. */
	@Test
	void floatsAgreeWithDoubles() {
		for (int units : new int[] { 3, 9 }) {
			for (SequenceArchitecture architecture : architectures(units).toList()) {
				TrainingGraph doubles = graph(architecture, DataType.DOUBLE);
				TrainingGraph floats = graph(architecture, DataType.FLOAT);
				doubles.paramTable()
					.forEach((name, array) -> array.assign(floats.paramTable().get(name).castTo(DataType.DOUBLE)));
				for (int[] lengths : new int[][] { LENGTHS, { 9 }, { 7, 7, 7, 7, 7, 7, 7, 7, 7 } }) {
					Batch batch = NetworkSamples.batch(architecture, 3, lengths);
					assertFloatsAgree(doubles, floats, architecture, batch, new TruncatedBptt(4, (units == 3) ? 2 : 4));
				}
			}
		}
	}

	private static void assertFloatsAgree(TrainingGraph doubles, TrainingGraph floats,
			SequenceArchitecture architecture, Batch batch, TruncatedBptt bptt) {
		State state = null;
		for (Window window : architecture.windows(batch, bptt)) {
			Fit expected = fit(doubles, architecture, window, state, DataType.DOUBLE);
			Fit actual = fit(floats, architecture, window, state, DataType.FLOAT);
			assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-5));
			expected.gradients()
				.forEach((name, gradient) -> assertThat(actual.gradients().get(name)).as("%s of %s", name, window)
					.usingComparatorWithPrecision(1e-5)
					.containsExactly(gradient));
			for (int part = 0; part < expected.after().parts().size(); part++) {
				assertThat(actual.after().parts().get(part)).usingComparatorWithPrecision(1e-5f)
					.containsExactly(expected.after().parts().get(part));
			}
			state = expected.after();
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void rowsOfABatchLearnAsEachAlone(SequenceArchitecture architecture) {
		Batch batch = NetworkSamples.batch(architecture, 3, LENGTHS);
		TrainingGraph graph = graph(architecture, DataType.FLOAT);
		for (TruncatedBptt bptt : WINDOWS) {
			Map<String, double[]> together = summed(graph, architecture, batch, bptt);
			Map<String, double[]> alone = new LinkedHashMap<>();
			for (int row = 0; row < LENGTHS.length; row++) {
				summed(graph, architecture, Rows.of(batch, architecture.output(), row), bptt)
					.forEach((name, gradient) -> alone.merge(name, gradient, TruncatedGradientTest::plus));
			}
			together.forEach((name, gradient) -> assertThat(alone.get(name)).as(name)
				.usingComparatorWithPrecision(1e-5)
				.containsExactly(gradient));
		}
	}

	/** The gradients of all windows together, each of the summed loss. */
	private static Map<String, double[]> summed(TrainingGraph graph, SequenceArchitecture architecture, Batch batch,
			TruncatedBptt bptt) {
		Map<String, double[]> sum = new LinkedHashMap<>();
		State state = null;
		for (Window window : architecture.windows(batch, bptt)) {
			Fit fit = fit(graph, architecture, window, state, DataType.FLOAT);
			fit.gradients().forEach((name, gradient) -> {
				double[] weighted = gradient.clone();
				for (int i = 0; i < weighted.length; i++) {
					weighted[i] *= window.targets();
				}
				sum.merge(name, weighted, TruncatedGradientTest::plus);
			});
			state = fit.after();
		}
		return sum;
	}

	private static double[] plus(double[] a, double[] b) {
		double[] sum = a.clone();
		for (int i = 0; i < sum.length; i++) {
			sum[i] += b[i];
		}
		return sum;
	}

	private static TrainingGraph graph(SequenceArchitecture architecture, DataType dataType) {
		return new TrainingGraph(architecture.graph(NetworkSamples.learning(5), dataType));
	}

	/**
	 * Loss and gradients of the mean per target; none where the state is only carried.
	 */
	private static Fit fit(TrainingGraph graph, SequenceArchitecture architecture, Window window, State before,
			DataType dataType) {
		try (GraphBatch arrays = architecture.arrays(window.batch(), dataType)) {
			graph.openWindow(before, window.backward());
			int batch = window.batch().inputs().batch();
			if (window.targets() == 0) {
				graph.carry(arrays, true);
				return new Fit(0, Map.of(), graph.closeWindow(batch));
			}
			double loss = graph.lossWithGradient(arrays) * arrays.lossScale();
			Map<String, double[]> gradients = new LinkedHashMap<>();
			graph.gradient().gradientForVariable().forEach((name, gradient) -> {
				double[] values = gradient.dup('f').data().asDouble();
				for (int i = 0; i < values.length; i++) {
					values[i] *= arrays.lossScale();
				}
				gradients.put(name, values);
			});
			assertThat(gradients.keySet()).containsExactlyInAnyOrderElementsOf(graph.paramTable().keySet());
			return new Fit(loss, gradients, graph.closeWindow(batch));
		}
	}

	private static Map<String, double[]> parameters(TrainingGraph graph) {
		Map<String, double[]> parameters = new LinkedHashMap<>();
		graph.paramTable().forEach((name, array) -> parameters.put(name, array.dup('f').data().asDouble()));
		return parameters;
	}

	private record Fit(double loss, Map<String, double[]> gradients, State after) {
	}

}
