package io.unfold.nn.network;

import org.jspecify.annotations.Nullable;

/**
 * A network in training. Not thread-safe: the thread that made it trains it and closes
 * it.
 *
 * @param <S> its serving twin
 */
public interface TrainableNetwork<S extends ServingNetwork> extends AutoCloseable {

	/**
	 * One optimiser step on the mean loss per target (per row, or per unpadded step), or
	 * none where the window only carries the state. Dropout is drawn from (seed, number
	 * of the step).
	 * @param before the state before the window, a constant; null: zeros
	 * @return the mean loss per target before the step: nats for classes, half the
	 * squared error per value for values; NaN or infinite when training has diverged
	 */
	Pass fit(Window window, @Nullable State before);

	/** {@link #fit(Window, State)} on whole sequences. */
	default double fit(Batch batch) {
		return fit(Window.whole(batch, batch.inputs().batch()), null).loss();
	}

	/** The mean loss per target, without dropout; changes nothing. */
	Pass loss(Window window, @Nullable State before);

	/** {@link #loss(Window, State)} of whole sequences. */
	default double loss(Batch batch) {
		return loss(Window.whole(batch, batch.inputs().batch()), null).loss();
	}

	/** Number of optimiser steps so far. */
	int iteration();

	/**
	 * Sets the size of the steps to come; it is the optimiser's own before. Not part of a
	 * checkpoint.
	 */
	void setLearningRate(double rate);

	/**
	 * Sets how likely a decoder reads its own prediction rather than the truth, in the
	 * steps to come; it is 0 before. Not part of a checkpoint.
	 */
	void setScheduledSampling(double probability);

	/** A copy of the parameters as they are now. */
	Tensors parameters();

	/**
	 * All that a continuation needs beside the parameters: the optimiser's moments and
	 * the iteration.
	 */
	OptimizerState optimizerState();

	/**
	 * Goes on from a checkpoint: training continues bit for bit as if it had not been
	 * interrupted.
	 */
	void restore(Tensors parameters, OptimizerState optimizerState);

	/** The serving twin, with a copy of the parameters as they are now. */
	S serving();

	@Override
	void close();

	/**
	 * What a window gives.
	 *
	 * @param loss mean per target; 0 where the window only carries the state
	 * @param after the state after each row's last step; null where sequences are whole
	 * @param gradientNorm Euclidean norm of the mean loss's gradient, before it was
	 * bounded; 0 where there is none
	 * @param right targets whose likeliest class was the right one; only counted without
	 * a gradient
	 */
	record Pass(double loss, @Nullable State after, double gradientNorm, int right) {

		/** Without a gradient, and without a count. */
		public Pass(double loss, @Nullable State after) {
			this(loss, after, 0, 0);
		}

	}

	/**
	 * @param iteration number of optimiser steps so far
	 * @param moments the optimiser's moments, flat; empty when it has none
	 */
	record OptimizerState(int iteration, float[] moments) {
	}

}
