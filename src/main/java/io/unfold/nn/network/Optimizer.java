package io.unfold.nn.network;

import io.unfold.nn.cell.Floats;

/**
 * An optimiser at work: it turns gradients into changes of the parameters, and keeps its
 * moments. It goes over the numbers in pieces that stay in the first-level cache, because
 * DL4J's updaters took a third of the training step of a single row. Not thread-safe.
 */
abstract class Optimizer {

	private static final int PIECE = 2048;

	/** Moments of each parameter; [moments][parameters]. */
	private final float[][] moments;

	private final float[] parameters = new float[PIECE];

	private final float[] gradient = new float[PIECE];

	/** The pieces of the moments that belong to those of the parameters. */
	private final float[][] pieces;

	/**
	 * @param moments numbers that it keeps for each parameter
	 * @param parameters how many parameters there are
	 */
	Optimizer(int moments, long parameters) {
		this.moments = new float[moments][Math.toIntExact(parameters)];
		this.pieces = new float[moments][PIECE];
	}

	/**
	 * Prepares the formula for a step.
	 * @param rate the learning rate
	 * @param iteration number of the step, from 0
	 */
	abstract void begin(double rate, int iteration);

	/**
	 * The formula, for the first {@code count} elements of each array.
	 * @param p parameters, which it changes
	 * @param g their gradient
	 * @param m their moments, which it changes
	 */
	abstract void step(float[] p, float[] g, float[][] m, int count);

	/**
	 * Changes the parameters.
	 * @param gradient their gradient, as long as they are
	 * @param scale what the gradient is multiplied by
	 * @param rate the learning rate
	 * @param iteration number of the step, from 0
	 */
	final void step(Floats parameters, Floats gradient, float scale, double rate, int iteration) {
		begin(rate, iteration);
		int length = Math.toIntExact(parameters.length());
		for (int from = 0; from < length; from += PIECE) {
			int count = Math.min(PIECE, length - from);
			parameters.get(from, this.parameters, 0, count);
			gradient.get(from, this.gradient, 0, count);
			scale(this.gradient, scale, count);
			for (int i = 0; i < this.pieces.length; i++) {
				System.arraycopy(this.moments[i], from, this.pieces[i], 0, count);
			}
			step(this.parameters, this.gradient, this.pieces, count);
			for (int i = 0; i < this.pieces.length; i++) {
				System.arraycopy(this.pieces[i], 0, this.moments[i], from, count);
			}
			parameters.put(from, this.parameters, 0, count);
		}
	}

	private static void scale(float[] values, float scale, int count) {
		for (int i = 0; i < count; i++) {
			values[i] *= scale;
		}
	}

	/** A copy of the moments, one kind after the other. */
	final float[] moments() {
		float[] flat = new float[momentCount()];
		int from = 0;
		for (float[] kind : this.moments) {
			System.arraycopy(kind, 0, flat, from, kind.length);
			from += kind.length;
		}
		return flat;
	}

	/** Goes on with moments that {@link #moments()} has given. */
	final void restore(float[] flat) {
		int from = 0;
		for (float[] kind : this.moments) {
			System.arraycopy(flat, from, kind, 0, kind.length);
			from += kind.length;
		}
	}

	final int momentCount() {
		return (this.moments.length > 0) ? Math.multiplyExact(this.moments.length, this.moments[0].length) : 0;
	}

}
