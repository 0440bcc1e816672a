package io.unfold.nn.layer;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.Softmax;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * What holds for every loss: its gradient is the numeric one, and floats answer as
 * doubles do.
 */
class LossContractTest {

	private static final int ROWS = 5;

	private static final int OUTPUTS = 4;

	@BeforeAll
	static void prepare() {
		NativeRuntime.prepareNd4j();
	}

	static Stream<Loss> losses() {
		List<Loss> losses = List.of(new CrossEntropy(0), new CrossEntropy(0.2),
				new CrossEntropy(0, List.of(0.5, 3.0, 0.0, 1.0)), new CrossEntropy(0.2, List.of(0.5, 3.0, 0.0, 1.0)),
				new GaussianLikelihood(), new SquaredError());
		assertThat(losses.stream().<Class<?>>map(Loss::getClass).distinct())
			.containsExactlyInAnyOrder(Loss.class.getPermittedSubclasses());
		return losses.stream();
	}

	@ParameterizedTest
	@MethodSource("losses")
	void gradientIsTheNumericOne(Loss loss) {
		INDArray sums = random(1, ROWS, OUTPUTS);
		INDArray labels = labels(loss);
		INDArray weights = weights();
		INDArray delta = Nd4j.create(DataType.DOUBLE, ROWS, OUTPUTS);
		double value = loss.compare(sums, labels, weights, delta, true);
		assertThat(loss.compare(sums, labels, weights, null, true)).isEqualTo(value);
		double h = 1e-5;
		for (int row = 0; row < ROWS; row++) {
			for (int k = 0; k < OUTPUTS; k++) {
				double at = sums.getDouble(row, k);
				double above = loss.compare(sums.dup().putScalar(row, k, at + h), labels, weights, null, true);
				double below = loss.compare(sums.dup().putScalar(row, k, at - h), labels, weights, null, true);
				assertThat(delta.getDouble(row, k)).isCloseTo((above - below) / (2 * h), within(1e-6));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("losses")
	void floatsAnswerAsDoublesDo(Loss loss) {
		INDArray sums = random(1, ROWS, OUTPUTS);
		INDArray labels = labels(loss);
		for (boolean training : new boolean[] { true, false }) {
			INDArray delta = Nd4j.create(DataType.DOUBLE, ROWS, OUTPUTS);
			double expected = loss.compare(sums, labels, weights(), delta, training);
			float[] z = floats(sums);
			double value = loss.compare(z, OUTPUTS, ROWS, floats(labels), floats(weights()), new Softmax(), training);
			assertThat(value).isCloseTo(expected, within(1e-5 * Math.max(1, Math.abs(expected))));
			float[] gradient = floats(delta);
			for (int i = 0; i < z.length; i++) {
				assertThat(z[i]).isCloseTo(gradient[i], within(1e-5f * Math.max(1, Math.abs(gradient[i]))));
			}
		}
	}

	private static float[] floats(INDArray array) {
		return array.castTo(DataType.FLOAT).dup('f').data().asFloat();
	}

	private static INDArray labels(Loss loss) {
		if (!loss.classes()) {
			return random(2, ROWS, loss.labels(OUTPUTS));
		}
		Random random = new Random(2);
		return Nd4j.create(random.ints(ROWS, 0, OUTPUTS).asDoubleStream().toArray(), new long[] { ROWS, 1 });
	}

	private static INDArray weights() {
		return Nd4j.create(new double[] { 1, 0.5, 2, 0, 1 }, new long[] { ROWS, 1 });
	}

	private static INDArray random(long seed, int rows, int columns) {
		return Nd4j.create(new Random(seed).doubles((long) rows * columns, -2, 2).toArray(),
				new long[] { rows, columns });
	}

}
