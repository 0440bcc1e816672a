package io.unfold.nn.cell;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ActivationsTest {

	private static final int COUNT = 1 << 20;

	/** Evenly from -range to range. */
	private static float[] grid(float range) {
		float[] grid = new float[COUNT];
		for (int i = 0; i < COUNT; i++) {
			grid[i] = (float) (-range + 2.0 * range * i / (COUNT - 1));
		}
		return grid;
	}

	@Test
	void tanhIsWithinFiveTenMillionths() {
		for (float range : new float[] { 0.01f, 1, 12, 1000 }) {
			float[] x = grid(range);
			float[] y = x.clone();
			Activations.tanh(y, COUNT);
			double worst = 0;
			for (int i = 0; i < COUNT; i++) {
				double exact = Math.tanh(x[i]);
				worst = Math.max(worst, Math.abs(y[i] - exact) / Math.max(Math.abs(exact), 1e-30));
			}
			assertThat(worst).as("relative error up to %s", range).isLessThan(5e-7);
		}
	}

	@Test
	void sigmoidIsWithinFiveTenMillionths() {
		for (float range : new float[] { 1, 20, 1000 }) {
			float[] x = grid(range);
			float[] y = x.clone();
			Activations.sigmoid(y, COUNT);
			double worst = 0;
			for (int i = 0; i < COUNT; i++) {
				worst = Math.max(worst, Math.abs(y[i] - 1 / (1 + Math.exp(-x[i]))));
			}
			assertThat(worst).as("error up to %s", range).isLessThan(5e-7);
		}
	}

	@Test
	void notANumberStaysNotANumber() {
		float[] x = { Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY };
		Activations.tanh(x, 3);
		assertThat(x[0]).isNaN();
		assertThat(x[1]).isBetween(0.9999995f, 1.0000005f);
		assertThat(x[2]).isBetween(-1.0000005f, -0.9999995f);
	}

}
