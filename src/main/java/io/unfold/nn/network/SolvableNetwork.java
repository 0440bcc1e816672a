package io.unfold.nn.network;

/**
 * A network that is trained in closed form, from sums over the examples. Not thread-safe:
 * the thread that made it trains it and closes it.
 *
 * @param <S> its serving twin
 */
public interface SolvableNetwork<S extends ServingNetwork> extends AutoCloseable {

	/** Passes over the training examples that it takes. */
	int passes();

	/**
	 * Takes in a mini-batch of the current pass. How the examples are divided into
	 * mini-batches makes no difference beyond rounding.
	 * @throws UnsolvableException when the numbers have gone bad
	 */
	void add(Batch batch);

	/**
	 * Ends the current pass.
	 * @throws UnsolvableException when there is no solution
	 */
	void endPass();

	/** The mean loss per target over the examples of the last pass. */
	double trainLoss();

	/** How good the answers to a batch are; after the first pass. */
	TrainableNetwork.Pass judge(Batch batch);

	/** A copy of the parameters as they are now; after the first pass. */
	Tensors parameters();

	@Override
	void close();

}
