package io.unfold.nn.layer;

import java.util.List;

import io.unfold.nn.cell.Softmax;
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
 * @param weights what a target weighs, by its class; empty: each 1
 */
public record CrossEntropy(double smoothing, List<Double> weights) implements Loss {

	private static final IActivation SOFTMAX = new ActivationSoftmax();

	public CrossEntropy {
		weights = List.copyOf(weights);
	}

	/** Each class weighs 1. */
	public CrossEntropy(double smoothing) {
		this(smoothing, List.of());
	}

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
	public double compare(float[] z, int outputs, int rows, float[] labels, float[] rowWeights, Softmax softmax,
			boolean training) {
		float[] weights = weights(labels, rowWeights, rows);
		double share = training ? this.smoothing : 0;
		double others = (share > 0) ? others(z, outputs, rows, labels, weights) : 0;
		softmax.probabilities(z, 1, outputs, rows);
		double loss = 0;
		for (int row = 0; row < rows; row++) {
			if (weights[row] != 0) {
				loss -= weights[row] * Math.log(z[(int) labels[row] * rows + row]);
			}
		}
		float each = (float) (share / outputs);
		for (int k = 0; k < outputs; k++) {
			weigh(z, k * rows, rows, each, weights);
		}
		for (int row = 0; row < rows; row++) {
			z[(int) labels[row] * rows + row] -= (float) (weights[row] * (1 - share));
		}
		return loss + share * others;
	}

	/** What each row weighs together with its class. */
	private float[] weights(float[] labels, float[] rowWeights, int rows) {
		if (this.weights.isEmpty()) {
			return rowWeights;
		}
		float[] byClass = new float[this.weights.size()];
		for (int k = 0; k < byClass.length; k++) {
			byClass[k] = this.weights.get(k).floatValue();
		}
		float[] weights = new float[rows];
		for (int row = 0; row < rows; row++) {
			weights[row] = rowWeights[row] * byClass[(int) labels[row]];
		}
		return weights;
	}

	private static void weigh(float[] z, int from, int rows, float share, float[] weights) {
		for (int row = 0; row < rows; row++) {
			z[from + row] = (z[from + row] - share) * weights[row];
		}
	}

	/**
	 * What the mean over all classes of -log p is above -log p of the right class: the
	 * right logit minus the mean of all.
	 */
	private static double others(float[] z, int outputs, int rows, float[] labels, float[] weights) {
		float[] sums = new float[rows];
		for (int k = 0; k < outputs; k++) {
			add(z, k * rows, rows, sums);
		}
		double others = 0;
		for (int row = 0; row < rows; row++) {
			others += weights[row] * ((double) z[(int) labels[row] * rows + row] - sums[row] / outputs);
		}
		return others;
	}

	private static void add(float[] z, int from, int rows, float[] sums) {
		for (int row = 0; row < rows; row++) {
			sums[row] += z[from + row];
		}
	}

	@Override
	public double compare(INDArray sums, INDArray labels, @Nullable INDArray rowWeights, @Nullable INDArray delta,
			boolean training) {
		INDArray weights = weights(labels, rowWeights);
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

	private @Nullable INDArray weights(INDArray labels, @Nullable INDArray rowWeights) {
		if (this.weights.isEmpty()) {
			return rowWeights;
		}
		INDArray weights = Nd4j.create(DataType.DOUBLE, labels.size(0), 1);
		for (int i = 0; i < labels.size(0); i++) {
			double row = (rowWeights != null) ? rowWeights.getDouble(i, 0) : 1;
			weights.putScalar(i, 0, row * this.weights.get(labels.getInt(i, 0)));
		}
		return weights;
	}

	@Override
	public ILossFunction function() {
		return new LossMCXENT();
	}

}
