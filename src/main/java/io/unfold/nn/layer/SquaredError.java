package io.unfold.nn.layer;

import io.unfold.nn.cell.Softmax;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * The sum of squared errors of an answer's numbers, whose scale makes it half the mean. A
 * label is what they should be.
 */
public record SquaredError() implements Loss {

	private static final IActivation IDENTITY = new ActivationIdentity();

	@Override
	public boolean classes() {
		return false;
	}

	@Override
	public int labels(int outputs) {
		return outputs;
	}

	@Override
	public double scale(int outputs) {
		return 0.5 / outputs;
	}

	@Override
	public double compare(float[] z, int outputs, int rows, float[] labels, float[] weights, Softmax softmax,
			boolean training) {
		double loss = 0;
		for (int k = 0; k < outputs; k++) {
			for (int row = 0; row < rows; row++) {
				float error = z[k * rows + row] - labels[k * rows + row];
				loss += (double) weights[row] * error * error;
				z[k * rows + row] = 2 * error * weights[row];
			}
		}
		return loss;
	}

	@Override
	public double compare(INDArray sums, INDArray labels, @Nullable INDArray weights, @Nullable INDArray delta,
			boolean training) {
		if (delta != null) {
			delta.assign(function().computeGradient(labels, sums, IDENTITY, weights));
		}
		return function().computeScore(labels, sums, IDENTITY, weights, false);
	}

	@Override
	public ILossFunction function() {
		return new LossL2();
	}

}
