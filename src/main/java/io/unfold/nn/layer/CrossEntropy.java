package io.unfold.nn.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * The negative log-probability of the right class, in nats. A label is the class's
 * number. In training a share of the probability may be spread evenly over all classes
 * (label smoothing, Szegedy et al. 2016, arXiv:1512.00567): the right answer is then q_k
 * = (1 - s) [k = label] + s / outputs, and the loss -sum_k q_k log p_k.
 *
 * @param smoothing s, from 0 to below 1
 */
public record CrossEntropy(double smoothing) implements Loss {

	private static final IActivation SOFTMAX = new ActivationSoftmax();

	@Override
	public boolean classes() {
		return true;
	}

	@Override
	public int labels(int outputs) {
		return 1;
	}

	@Override
	public double scale(int outputs) {
		return 1;
	}

	@Override
	public double compare(float[] y, int at, int stride, int outputs, float[] labels, int label, boolean training) {
		int right = at + (int) labels[label] * stride;
		double loss = -Math.log(y[right]);
		if (training && this.smoothing > 0) {
			double others = 0;
			float share = (float) (this.smoothing / outputs);
			for (int k = at; k < at + outputs * stride; k += stride) {
				// a probability that a float rounds to 0 is not infinitely wrong
				others -= Math.log(Math.max(y[k], Float.MIN_NORMAL));
				y[k] -= share;
			}
			y[right] -= (float) (1 - this.smoothing);
			return (1 - this.smoothing) * loss + this.smoothing / outputs * others;
		}
		y[right] -= 1;
		return loss;
	}

	@Override
	public double compare(INDArray sums, INDArray labels, @Nullable INDArray weights, @Nullable INDArray delta,
			boolean training) {
		double share = training ? this.smoothing : 0;
		INDArray right = Nd4j.valueArrayOf(sums.shape(), share / sums.size(1), DataType.DOUBLE);
		for (int i = 0; i < labels.size(0); i++) {
			int label = labels.getInt(i, 0);
			right.putScalar(i, label, right.getDouble(i, label) + 1 - share);
		}
		if (delta != null) {
			delta.assign(function().computeGradient(right, sums, SOFTMAX, weights));
		}
		return function().computeScore(right, sums, SOFTMAX, weights, false);
	}

	@Override
	public ILossFunction function() {
		return new LossMCXENT();
	}

}
