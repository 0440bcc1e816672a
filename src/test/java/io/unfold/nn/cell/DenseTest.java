package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class DenseTest {

	private static final int INPUTS = 7;

	private static final int OUTPUTS = 3;

	private final Random random = new Random(1);

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 33 })
	void gradientsAreThoseOfTheFormula(int batch) {
		float[] w = numbers(INPUTS * OUTPUTS);
		float[] x = numbers(batch * INPUTS);
		float[] dy = numbers(OUTPUTS * batch);
		Floats dW = Floats.copyOf(w);
		float[] db = new float[OUTPUTS];
		// the gradient may take the place of what it is of
		Steps steps = new Steps(Floats.copyOf(x), 0, x.length);
		try (Dense dense = new Dense(INPUTS, OUTPUTS)) {
			dense.backward(Floats.copyOf(w), steps, batch, 0, dy, dW, db, steps);
		}
		float[] expectedW = w.clone();
		float[] expectedB = new float[OUTPUTS];
		float[] expectedX = new float[x.length];
		for (int row = 0; row < batch; row++) {
			for (int k = 0; k < OUTPUTS; k++) {
				float gradient = dy[k * batch + row];
				expectedB[k] += gradient;
				for (int i = 0; i < INPUTS; i++) {
					expectedW[k * INPUTS + i] += x[i * batch + row] * gradient;
					expectedX[i * batch + row] += w[k * INPUTS + i] * gradient;
				}
			}
		}
		assertThat(numbers(dW, w.length)).containsExactly(expectedW, within(1e-4f));
		assertThat(db).containsExactly(expectedB, within(1e-4f));
		assertThat(numbers(steps.memory(), x.length)).containsExactly(expectedX, within(1e-4f));
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 9 })
	void aRowTakesItsStepsTogetherAsOneByOne(int steps) {
		Floats w = Floats.copyOf(numbers(INPUTS * OUTPUTS));
		Floats b = Floats.copyOf(numbers(OUTPUTS));
		Steps x = new Steps(Floats.copyOf(numbers(steps * INPUTS)), 0, INPUTS);
		float[] together = new float[steps * OUTPUTS];
		float[] one = new float[OUTPUTS];
		try (Dense dense = new Dense(INPUTS, OUTPUTS)) {
			dense.forward(w, b, x, 1, 0, steps, together);
			for (int t = 0; t < steps; t++) {
				dense.forward(w, b, x, 1, t, 1, one);
				assertThat(Arrays.copyOfRange(together, t * OUTPUTS, (t + 1) * OUTPUTS)).containsExactly(one,
						within(1e-5f));
			}
		}
	}

	private float[] numbers(int count) {
		float[] numbers = new float[count];
		for (int i = 0; i < count; i++) {
			numbers[i] = 2 * this.random.nextFloat() - 1;
		}
		return numbers;
	}

	private static float[] numbers(Floats floats, int count) {
		float[] numbers = new float[count];
		floats.get(0, numbers, 0, count);
		return numbers;
	}

}
