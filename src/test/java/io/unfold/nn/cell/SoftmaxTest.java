package io.unfold.nn.cell;

import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SoftmaxTest {

	private static final int STEPS = 3;

	private static final int SIZE = 7;

	@ParameterizedTest
	@ValueSource(ints = { 1, 5, 16, 48 })
	void probabilitiesAreThoseOfTheFormula(int batch) {
		Random random = new Random(batch);
		float[] y = new float[STEPS * SIZE * batch];
		for (int i = 0; i < y.length; i++) {
			// far apart: some become nothing, none overflow
			y[i] = (float) random.nextGaussian() * ((i % 5 == 0) ? 100 : 2) + 200;
		}
		float[] probabilities = y.clone();
		new Softmax().probabilities(probabilities, STEPS, SIZE, batch);
		for (int step = 0; step < STEPS; step++) {
			for (int row = 0; row < batch; row++) {
				double most = Double.NEGATIVE_INFINITY;
				for (int k = 0; k < SIZE; k++) {
					most = Math.max(most, y[(step * SIZE + k) * batch + row]);
				}
				double sum = 0;
				for (int k = 0; k < SIZE; k++) {
					sum += Math.exp(y[(step * SIZE + k) * batch + row] - most);
				}
				for (int k = 0; k < SIZE; k++) {
					int i = (step * SIZE + k) * batch + row;
					assertThat(probabilities[i]).isCloseTo((float) (Math.exp(y[i] - most) / sum), within(1e-6f));
				}
			}
		}
	}

}
