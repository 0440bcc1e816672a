package io.unfold.nn.cell;

import java.util.Arrays;

/**
 * Probabilities of classes from logits, [size][batch], batch fastest: exp(y) / sum exp(y)
 * with each row's largest logit taken from its logits first, so that nothing overflows.
 * Not thread-safe.
 */
public final class Softmax {

	private float[] largest = {};

	private float[] sums = {};

	private final float[] scratch = new float[Activations.CHUNK];

	/**
	 * Replaces logits by probabilities.
	 * @param y [steps][size][batch]
	 */
	public void probabilities(float[] y, int steps, int size, int batch) {
		if (batch == 1) {
			probabilitiesOfRow(y, steps, size);
			return;
		}
		boolean vectors = Vectors.available() && VectorProducts.suitsRows(batch);
		for (int step = 0; step < steps; step++) {
			if (vectors) {
				VectorMath.softmax(y, step * size * batch, size, batch);
				continue;
			}
			probabilitiesOfStep(y, step * size * batch, size, batch);
		}
	}

	/** Of a single row: loops over the classes, rather than over the rows of each. */
	private void probabilitiesOfRow(float[] y, int steps, int size) {
		for (int from = 0; from < steps * size; from += size) {
			float most = Float.NEGATIVE_INFINITY;
			for (int k = from; k < from + size; k++) {
				most = Math.max(most, y[k]);
			}
			for (int k = from; k < from + size; k++) {
				y[k] -= most;
			}
		}
		Activations.exp(y, 0, steps * size, this.scratch);
		for (int from = 0; from < steps * size; from += size) {
			float sum = 0;
			for (int k = from; k < from + size; k++) {
				sum += y[k];
			}
			float factor = 1 / sum;
			for (int k = from; k < from + size; k++) {
				y[k] *= factor;
			}
		}
	}

	private void probabilitiesOfStep(float[] y, int from, int size, int batch) {
		shift(y, from, size, batch);
		Activations.exp(y, from, from + size * batch, this.scratch);
		sum(y, from, size, batch);
		for (int row = 0; row < batch; row++) {
			this.sums[row] = 1 / this.sums[row];
		}
		for (int k = 0; k < size; k++) {
			scale(y, from + k * batch, batch, this.sums);
		}
	}

	/** Replaces the logits by the natural logarithms of probabilities. */
	public void logProbabilities(float[] y, int size, int batch) {
		shift(y, 0, size, batch);
		float[] exponentials = Arrays.copyOf(y, size * batch);
		Activations.exp(exponentials, 0, size * batch, this.scratch);
		sum(exponentials, 0, size, batch);
		for (int row = 0; row < batch; row++) {
			this.sums[row] = (float) Math.log(this.sums[row]);
		}
		for (int k = 0; k < size; k++) {
			subtract(y, k * batch, batch, this.sums);
		}
	}

	/** Takes each row's largest logit from its logits. */
	private void shift(float[] y, int from, int size, int batch) {
		if (this.largest.length < batch) {
			this.largest = new float[batch];
			this.sums = new float[batch];
		}
		System.arraycopy(y, from, this.largest, 0, batch);
		for (int k = 1; k < size; k++) {
			raise(y, from + k * batch, batch, this.largest);
		}
		for (int k = 0; k < size; k++) {
			subtract(y, from + k * batch, batch, this.largest);
		}
	}

	private void sum(float[] y, int from, int size, int batch) {
		Arrays.fill(this.sums, 0, batch, 0);
		for (int k = 0; k < size; k++) {
			add(y, from + k * batch, batch, this.sums);
		}
	}

	private static void raise(float[] y, int from, int batch, float[] largest) {
		for (int row = 0; row < batch; row++) {
			largest[row] = Math.max(largest[row], y[from + row]);
		}
	}

	private static void subtract(float[] y, int from, int batch, float[] values) {
		for (int row = 0; row < batch; row++) {
			y[from + row] -= values[row];
		}
	}

	private static void add(float[] y, int from, int batch, float[] sums) {
		for (int row = 0; row < batch; row++) {
			sums[row] += y[from + row];
		}
	}

	private static void scale(float[] y, int from, int batch, float[] factors) {
		for (int row = 0; row < batch; row++) {
			y[from + row] *= factors[row];
		}
	}

}
