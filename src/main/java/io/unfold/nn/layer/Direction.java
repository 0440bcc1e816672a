package io.unfold.nn.layer;

import io.unfold.nn.cell.Span;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** One direction of a recurrent layer, on DL4J's arrays; all of them in 'f' order. */
interface Direction extends AutoCloseable {

	/**
	 * Sets what the next passes' recurrent dropout multiplies h by.
	 * @param mask [batch, units]; null: no dropout
	 */
	void dropOut(float @Nullable [] mask);

	/**
	 * Runs over a batch of sequences.
	 * @param x [batch, inputs, time]
	 * @param out its features from {@code from} on receive h; [batch, features, time]
	 * @param initial [batch, states * units]; null: zeros
	 * @param keep whether what {@link #backward} needs is kept
	 */
	void forward(INDArray x, INDArray out, int from, Span span, @Nullable INDArray initial, boolean keep);

	/** The state after the last step of {@link #forward}; [batch, states * units]. */
	float[] finalState();

	/**
	 * The gradients of the kept pass, as far as {@code span} goes back.
	 * @param gradients receives the gradients of the parameters
	 * @param dOut gradient of the outputs; [batch, features, time]
	 * @param dx receives the gradient of x; null: not wanted
	 * @param addToDx whether dx is added to rather than replaced
	 * @param dInitial receives the gradient of the initial state; null: not wanted
	 */
	void backward(CellArrays gradients, INDArray x, INDArray dOut, int from, @Nullable INDArray dx, boolean addToDx,
			@Nullable INDArray dInitial, Span span);

	@Override
	void close();

}
