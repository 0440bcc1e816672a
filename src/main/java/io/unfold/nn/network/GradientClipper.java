package io.unfold.nn.network;

import java.util.Arrays;

import io.unfold.nn.cell.Floats;

/**
 * Gradient clipping at work: over pieces that stay in the first-level cache. Not
 * thread-safe.
 */
final class GradientClipper {

	private final GradientClipping bounds;

	/** Over which the work is divided. */
	private final Threads threads;

	private double norm;

	GradientClipper(GradientClipping bounds, Threads threads) {
		this.bounds = bounds;
		this.threads = threads;
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
		// by block, so that the sum is the same however many threads there are
		double[] squares = new double[(int) (gradient.length() / Threads.BLOCK + 1)];
		this.threads.divide(gradient.length(), (from, to, scratch) -> {
			Floats part = Threads.part(gradient, from, to);
			float[] values = scratch[0];
			// side by side, which together are exact enough in floats
			float[] sums = scratch[1];
			for (long block = 0; block < to - from; block += Threads.BLOCK) {
				Arrays.fill(sums, 0);
				long end = Math.min(to - from, block + Threads.BLOCK);
				for (long at = block; at < end; at += Threads.PIECE) {
					int count = (int) Math.min(Threads.PIECE, end - at);
					part.get(at, values, 0, count);
					addSquares(values, sums, count);
				}
				double sum = 0;
				for (float square : sums) {
					sum += square;
				}
				squares[(int) ((from + block) / Threads.BLOCK)] = sum;
			}
		});
		return Math.sqrt(Arrays.stream(squares).sum());
	}

	private static void addSquares(float[] values, float[] sums, int count) {
		for (int i = 0; i < count; i++) {
			sums[i] += values[i] * values[i];
		}
	}

	private void limit(Floats gradient, float scale, float largest) {
		float[] values = new float[Threads.PIECE];
		for (long from = 0; from < gradient.length(); from += Threads.PIECE) {
			int count = (int) Math.min(Threads.PIECE, gradient.length() - from);
			gradient.get(from, values, 0, count);
			for (int i = 0; i < count; i++) {
				values[i] = Math.max(-largest, Math.min(largest, values[i] * scale));
			}
			gradient.put(from, values, 0, count);
		}
	}

}
