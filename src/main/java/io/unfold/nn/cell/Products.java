package io.unfold.nn.cell;

import org.jspecify.annotations.Nullable;

/**
 * How a pass over a batch multiplies with a cell's weights: by OpenBLAS on the tape's
 * memory, or by vectors on the heap.
 */
interface Products extends AutoCloseable {

	/** Prepares a pass. */
	void begin(Weights weights, Steps x);

	/**
	 * Fills the sums of a step: biases, the inputs' product and, unless h is null, the
	 * first product.
	 * @param h what the recurrent weights see; null: zeros
	 * @param skipped the earlier h that is an input; null: there is none
	 * @param z the blocks of the step
	 */
	void sums(Weights weights, Steps x, int t, float @Nullable [] h, float @Nullable [] skipped, float[][] z);

	/** Adds a product to its target, for one that is not the first. */
	void add(Weights weights, Product product, int t, float[][] z);

	/** Prepares the backward pass. */
	void beginBack(Weights weights, boolean inputGradient);

	/**
	 * Adds to {@code d} the gradient of a product's source, given that of its target in
	 * the blocks; [batch, units].
	 */
	void addBack(Weights weights, Product product, int t, float[][] z, float[] d);

	/**
	 * Gives the gradient of a step's input; that of a single row's all steps is the
	 * tape's to give.
	 * @param add whether dx is added to rather than replaced
	 */
	void inputBack(Weights weights, Steps dx, boolean add, int t, float[][] z);

	/** Adds to {@code d} the gradient of the earlier h that is an input. */
	void skipBack(Weights weights, int t, float[][] z, float[] d);

	@Override
	void close();

}
