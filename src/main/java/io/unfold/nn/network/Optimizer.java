package io.unfold.nn.network;

import java.util.Arrays;
import java.util.List;

import io.unfold.nn.cell.Floats;

/**
 * An optimiser at work: it turns gradients into changes of the parameters, and keeps its
 * moments. It goes over the numbers in pieces that stay in the first-level cache, because
 * DL4J's updaters took a third of the training step of a single row. Not thread-safe.
 */
abstract class Optimizer {

	/** What is taken from a parameter at each step, times the learning rate. */
	private final double weightDecay;

	/** The parameters that decay, in order. */
	private List<Range> decaying = List.of();

	/** Moments of each parameter; [moments][parameters]. */
	private final float[][] moments;

	/**
	 * @param moments numbers that it keeps for each parameter
	 * @param parameters how many parameters there are
	 * @param weightDecay share of a parameter that decays at each step, over the learning
	 * rate
	 */
	Optimizer(int moments, long parameters, double weightDecay) {
		this.weightDecay = weightDecay;
		this.moments = new float[moments][Math.toIntExact(parameters)];
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
	 * @param threads over which the work is divided
	 */
	final void step(Floats parameters, Floats gradient, float scale, double rate, int iteration, Threads threads) {
		begin(rate, iteration);
		float decay = (float) (1 - rate * this.weightDecay);
		threads.divide(parameters.length(), (from, to, scratch) -> step(Threads.part(parameters, from, to),
				Threads.part(gradient, from, to), scale, decay, Math.toIntExact(from), scratch));
	}

	private void step(Floats parameters, Floats gradient, float scale, float decay, int first, float[][] scratch) {
		float[] p = scratch[0];
		float[] g = scratch[1];
		float[][] pieces = Arrays.copyOfRange(scratch, 2, 2 + this.moments.length);
		int length = Math.toIntExact(parameters.length());
		for (int from = 0; from < length; from += Threads.PIECE) {
			int count = Math.min(Threads.PIECE, length - from);
			parameters.get(from, p, 0, count);
			gradient.get(from, g, 0, count);
			scale(g, scale, count);
			decay(p, first + from, count, decay);
			for (int i = 0; i < pieces.length; i++) {
				System.arraycopy(this.moments[i], first + from, pieces[i], 0, count);
			}
			step(p, g, pieces, count);
			for (int i = 0; i < pieces.length; i++) {
				System.arraycopy(pieces[i], 0, this.moments[i], first + from, count);
			}
			parameters.put(from, p, 0, count);
		}
	}

	/**
	 * Decoupled weight decay (Loshchilov and Hutter 2019, arXiv:1711.05101, as PyTorch
	 * has it): p = p (1 - rate decay), beside the step and not part of the gradient.
	 * @param first number of the first of the parameters
	 */
	private void decay(float[] p, int first, int count, float factor) {
		for (Range range : this.decaying) {
			int from = Math.max(range.from() - first, 0);
			int to = Math.min(range.to() - first, count);
			for (int i = from; i < to; i++) {
				p[i] *= factor;
			}
		}
	}

	/**
	 * Lets parameters decay by what the optimiser's settings say.
	 * @param ranges that do not overlap
	 */
	final void decay(List<Range> ranges) {
		this.decaying = (this.weightDecay > 0) ? List.copyOf(ranges) : List.of();
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

	/**
	 * Parameters that lie side by side.
	 *
	 * @param from number of the first
	 * @param to number of the one after the last
	 */
	record Range(int from, int to) {
	}

	final int momentCount() {
		return (this.moments.length > 0) ? Math.multiplyExact(this.moments.length, this.moments[0].length) : 0;
	}

}
