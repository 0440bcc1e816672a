package io.unfold.nn.layer;

import io.unfold.nn.cell.Softmax;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * What an output layer is trained on: how far its answers are from what they should be.
 * Stateless.
 */
public sealed interface Loss permits CrossEntropy, GaussianLikelihood, SquaredError {

	/** Whether the answers are probabilities of classes (softmax) rather than values. */
	boolean classes();

	/**
	 * Numbers of a label.
	 * @param outputs size of an answer
	 */
	int labels(int outputs);

	/**
	 * What the loss, summed over targets, is multiplied by to become that of a target.
	 * @param outputs size of an answer
	 */
	double scale(int outputs);

	/**
	 * The loss of many answers, which are replaced by the gradients with respect to what
	 * the layer has summed up.
	 * @param z what the layer has summed up, before the softmax; [outputs][rows]
	 * @param labels [labels][rows]
	 * @param weights of the rows, 0 where a row does not count; [rows]
	 * @param training false where the loss is only measured: what makes training alone
	 * better is then left out
	 * @return the loss, summed over the rows
	 */
	double compare(float[] z, int outputs, int rows, float[] labels, float[] weights, Softmax softmax,
			boolean training);

	/**
	 * The same in double precision, which the former is checked against.
	 * @param sums before the softmax, [rows, outputs]
	 * @param labels [rows, labels]
	 * @param weights of the rows, [rows, 1]; null: 1
	 * @param delta receives the gradients, [rows, outputs]; null: they are not wanted
	 * @return the loss, summed over the rows
	 */
	double compare(INDArray sums, INDArray labels, @Nullable INDArray weights, @Nullable INDArray delta,
			boolean training);

	/** DL4J's loss of that kind, of which its graph asks to be told. */
	ILossFunction function();

}
