package io.unfold.nn.network;

/**
 * A network in training. Not thread-safe: the thread that made it trains it and closes
 * it.
 *
 * @param <S> its serving twin
 */
public interface TrainableNetwork<S extends ServingNetwork> extends AutoCloseable {

	/**
	 * One optimiser step on the mean loss per target (per row, or per unpadded step).
	 * Dropout is drawn from (seed, number of the step).
	 * @return the mean loss per target before the step: nats for classes, half the
	 * squared error per value for values; NaN or infinite when training has diverged
	 */
	double fit(Batch batch);

	/** The mean loss per target of a batch, without dropout; changes nothing. */
	double loss(Batch batch);

	/** Number of optimiser steps so far. */
	int iteration();

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
	 * @param iteration number of optimiser steps so far
	 * @param moments the optimiser's moments, flat; empty when it has none
	 */
	record OptimizerState(int iteration, float[] moments) {
	}

}
