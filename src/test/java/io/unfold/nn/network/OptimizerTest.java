package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.Floats;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.GradientUpdater;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class OptimizerTest {

	/** More than one piece, and not a whole number of them. */
	private static final int SIZE = 5000;

	@BeforeAll
	static void loadNd4j() {
		NativeRuntime.prepareNd4j();
	}

	static Stream<Arguments> updaters() {
		return Stream.of(Arguments.of(new OptimizerSpec.Adam(0.01), new Adam(0.01, 0.9, 0.999, 1e-8)),
				Arguments.of(new OptimizerSpec.RmsProp(0.01), new RmsProp(0.01, 0.95, 1e-8)),
				Arguments.of(new OptimizerSpec.Sgd(0.1, 0.9), new Nesterovs(0.1, 0.9)),
				Arguments.of(new OptimizerSpec.Sgd(0.1, 0), new Sgd(0.1)));
	}

	@ParameterizedTest
	@MethodSource("updaters")
	void changesParametersAsDl4jDoes(OptimizerSpec spec, IUpdater dl4j) {
		Random random = new Random(4);
		float[] start = gaussians(random, 1);
		Floats parameters = Floats.copyOf(start);
		Optimizer optimizer = spec.optimizer(SIZE);
		Threads threads = new Threads(1);
		INDArray expected = Nd4j.createFromArray(start).reshape(1, SIZE);
		long state = dl4j.stateSize(SIZE);
		GradientUpdater<?> updater = dl4j.instantiate((state > 0) ? Nd4j.zeros(1, state) : null, true);
		for (int i = 0; i < 5; i++) {
			float[] gradient = farFromZero(random, 1f / (i + 1));
			optimizer.step(parameters, Floats.copyOf(gradient), 0.5f, spec.learningRate(), i, threads);
			INDArray change = Nd4j.createFromArray(gradient).reshape(1, SIZE).mul(0.5);
			updater.applyUpdater(change, i, 0);
			expected.subi(change);
		}
		float[] actual = new float[SIZE];
		parameters.get(0, actual, 0, SIZE);
		for (int i = 0; i < SIZE; i++) {
			assertThat(actual[i]).isCloseTo(expected.getFloat(i), within(1e-5f));
		}
		assertThat(optimizer.moments()).hasSize((int) state);
	}

	static Stream<Arguments> decaying() {
		return Stream.of(Arguments.of(new OptimizerSpec.Adam(0.01, 0.3), new Plain.Adam()),
				Arguments.of(new OptimizerSpec.RmsProp(0.01, 0.3), new Plain.RmsProp()),
				Arguments.of(new OptimizerSpec.Sgd(0.1, 0.9, 0.3), new Plain.Nesterov()),
				Arguments.of(new OptimizerSpec.Sgd(0.1, 0, 0.3), new Plain.Descent()));
	}

	/** Plain loops in double precision, with a rate that changes. */
	@ParameterizedTest
	@MethodSource("decaying")
	void weightsDecayBesideTheStepAndOthersDoNot(OptimizerSpec spec, Plain plain) {
		int size = 300_000;
		List<Optimizer.Range> weights = List.of(new Optimizer.Range(3, 2_100), new Optimizer.Range(4_096, 150_001),
				new Optimizer.Range(299_990, 300_000));
		for (int threadCount : new int[] { 1, 2 }) {
			Random random = new Random(4);
			float[] start = gaussians(random, 1, size);
			double[] expected = new double[size];
			double[] first = new double[size];
			double[] second = new double[size];
			for (int i = 0; i < size; i++) {
				expected[i] = start[i];
			}
			Floats parameters = Floats.copyOf(start);
			Optimizer optimizer = spec.optimizer(size);
			optimizer.decay(weights);
			try (Threads threads = new Threads(threadCount)) {
				for (int t = 1; t <= 4; t++) {
					float[] gradient = gaussians(random, 1f / t, size);
					double rate = spec.learningRate() / t;
					optimizer.step(parameters, Floats.copyOf(gradient), 0.5f, rate, t - 1, threads);
					for (int i = 0; i < size; i++) {
						int number = i;
						if (weights.stream().anyMatch((range) -> number >= range.from() && number < range.to())) {
							expected[i] -= rate * 0.3 * expected[i];
						}
						expected[i] += plain.change(0.5 * gradient[i], first, second, i, rate, t);
					}
				}
			}
			float[] actual = new float[size];
			parameters.get(0, actual, 0, size);
			double furthest = 0;
			for (int i = 0; i < size; i++) {
				furthest = Math.max(furthest, Math.abs(actual[i] - expected[i]));
			}
			assertThat(furthest).isLessThan(3e-6);
		}
	}

	/** The formulas, for one number. */
	private interface Plain {

		double change(double g, double[] m, double[] v, int i, double rate, int t);

		record Adam() implements Plain {

			@Override
			public double change(double g, double[] m, double[] v, int i, double rate, int t) {
				m[i] = 0.9 * m[i] + 0.1 * g;
				v[i] = 0.999 * v[i] + 0.001 * g * g;
				double epsilon = 1e-8 / Math.sqrt(1 - Math.pow(0.999, t));
				return -rate * (m[i] / (1 - Math.pow(0.9, t))) / (Math.sqrt(v[i] / (1 - Math.pow(0.999, t))) + epsilon);
			}

		}

		record RmsProp() implements Plain {

			@Override
			public double change(double g, double[] m, double[] v, int i, double rate, int t) {
				v[i] = 0.95 * v[i] + 0.05 * g * g;
				return -rate * g / (Math.sqrt(v[i]) + 1e-8);
			}

		}

		record Nesterov() implements Plain {

			@Override
			public double change(double g, double[] m, double[] v, int i, double rate, int t) {
				double before = m[i];
				m[i] = 0.9 * before - rate * g;
				return -0.9 * before + 1.9 * m[i];
			}

		}

		record Descent() implements Plain {

			@Override
			public double change(double g, double[] m, double[] v, int i, double rate, int t) {
				return -rate * g;
			}

		}

	}

	@Test
	void normIsThatOfAllElements() {
		float[] gradient = gaussians(new Random(2), 3);
		double sum = 0;
		for (float g : gradient) {
			sum += (double) g * g;
		}
		GradientClipper clipper = new GradientClipper(GradientClipping.none(), new Threads(1));
		assertThat(clipper.norm(Floats.copyOf(gradient))).isCloseTo(Math.sqrt(sum), within(1e-3));
		gradient[SIZE - 1] = Float.NaN;
		assertThat(clipper.norm(Floats.copyOf(gradient))).isNaN();
		gradient[SIZE - 1] = Float.POSITIVE_INFINITY;
		assertThat(clipper.norm(Floats.copyOf(gradient))).isInfinite();
	}

	@Test
	void isTheSameOnAnyNumberOfThreads() {
		int size = 3 * (1 << 17) + 1234;
		float[] values = new float[size];
		Random random = new Random(3);
		for (int i = 0; i < size; i++) {
			values[i] = (float) random.nextGaussian();
		}
		List<float[]> results = new ArrayList<>();
		List<Double> norms = new ArrayList<>();
		for (int count = 1; count <= 3; count++) {
			try (Threads threads = new Threads(count)) {
				Floats parameters = Floats.copyOf(values);
				Floats gradient = Floats.copyOf(values);
				norms.add(new GradientClipper(GradientClipping.none(), threads).norm(gradient));
				Optimizer optimizer = new OptimizerSpec.Adam(0.01).optimizer(size);
				optimizer.step(parameters, gradient, 0.5f, 0.01, 0, threads);
				optimizer.step(parameters, gradient, 0.5f, 0.01, 1, threads);
				float[] result = new float[size];
				parameters.get(0, result, 0, size);
				results.add(result);
			}
		}
		assertThat(results.get(1)).isEqualTo(results.get(0));
		assertThat(results.get(2)).isEqualTo(results.get(0));
		assertThat(norms).containsOnly(norms.get(0));
	}

	/** DL4J's RMSProp begins with a moment of 1e-8, which such gradients outweigh. */
	private static float[] farFromZero(Random random, float scale) {
		float[] values = gaussians(random, scale);
		for (int i = 0; i < SIZE; i++) {
			values[i] += Math.copySign(scale, values[i]);
		}
		return values;
	}

	private static float[] gaussians(Random random, float scale) {
		return gaussians(random, scale, SIZE);
	}

	private static float[] gaussians(Random random, float scale, int size) {
		float[] values = new float[size];
		for (int i = 0; i < size; i++) {
			values[i] = scale * (float) random.nextGaussian();
		}
		return values;
	}

}
