package io.unfold.nn.network;

import java.util.Arrays;

import io.unfold.nn.cell.Floats;

/**
 * Gradient clipping at work: over pieces that stay in the first-level cache. Not
 * thread-safe.
 */
final class GradientClipper {

	private static final int PIECE = 2048;

	private final GradientClipping bounds;

	private final float[] values = new float[PIECE];

	/** Sums side by side, which together are exact enough in floats. */
	private final float[] sums = new float[PIECE];

	private double norm;

	GradientClipper(GradientClipping bounds) {
		this.bounds = bounds;
	}

	/**
	 * Bounds a gradient.
	 * @param gradient which times {@code scale} is to be bounded; its elements are
	 * changed where they have a bound
	 * @return what the gradient must be multiplied by; NaN where it is not finite, and
	 * then it is left as it is
	 */
	double apply(Floats gradient, double scale) {
		double norm = norm(gradient) * scale;
		this.norm = norm;
		double left = scale;
		if (!Double.isFinite(norm)) {
			return Double.NaN;
		}
		Double largest = this.bounds.value();
		if (largest != null) {
			limit(gradient, (float) scale, largest.floatValue());
			norm = norm(gradient);
			left = 1;
		}
		Double bound = this.bounds.globalNorm();
		return (bound != null && norm > bound) ? left * bound / norm : left;
	}

	/** Euclidean norm of the last gradient, before it was bounded. */
	double norm() {
		return this.norm;
	}

	/** Infinite or NaN where the gradient holds such a number, or one beyond 1e19. */
	double norm(Floats gradient) {
		Arrays.fill(this.sums, 0);
		for (long from = 0; from < gradient.length(); from += PIECE) {
			int count = (int) Math.min(PIECE, gradient.length() - from);
			gradient.get(from, this.values, 0, count);
			addSquares(this.values, this.sums, count);
		}
		double sum = 0;
		for (float part : this.sums) {
			sum += part;
		}
		return Math.sqrt(sum);
	}

	private static void addSquares(float[] values, float[] sums, int count) {
		for (int i = 0; i < count; i++) {
			sums[i] += values[i] * values[i];
		}
	}

	private void limit(Floats gradient, float scale, float largest) {
		for (long from = 0; from < gradient.length(); from += PIECE) {
			int count = (int) Math.min(PIECE, gradient.length() - from);
			gradient.get(from, this.values, 0, count);
			for (int i = 0; i < count; i++) {
				this.values[i] = Math.max(-largest, Math.min(largest, this.values[i] * scale));
			}
			gradient.put(from, this.values, 0, count);
		}
	}

}
