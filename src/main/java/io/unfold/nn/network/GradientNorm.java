package io.unfold.nn.network;

import java.util.Arrays;

import io.unfold.nn.cell.Floats;

/** The Euclidean norm of a gradient. Not thread-safe. */
final class GradientNorm {

	/** Sums that are kept side by side: together they are exact enough in floats. */
	private static final int LANES = 2048;

	private final float[] values = new float[LANES];

	private final float[] sums = new float[LANES];

	/** Infinite or NaN where the gradient holds such a number, or one beyond 1e19. */
	double of(Floats gradient) {
		Arrays.fill(this.sums, 0);
		for (long from = 0; from < gradient.length(); from += LANES) {
			int count = (int) Math.min(LANES, gradient.length() - from);
			gradient.get(from, this.values, 0, count);
			addSquares(this.values, this.sums, count);
		}
		double sum = 0;
		for (float lane : this.sums) {
			sum += lane;
		}
		return Math.sqrt(sum);
	}

	private static void addSquares(float[] values, float[] sums, int count) {
		for (int i = 0; i < count; i++) {
			sums[i] += values[i] * values[i];
		}
	}

}
