package io.unfold.nn.network;

import java.util.ArrayList;
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
		float[] values = new float[SIZE];
		for (int i = 0; i < SIZE; i++) {
			values[i] = scale * (float) random.nextGaussian();
		}
		return values;
	}

}
