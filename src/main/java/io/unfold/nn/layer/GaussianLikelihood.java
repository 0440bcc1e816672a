package io.unfold.nn.layer;

import io.unfold.nn.cell.Softmax;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.ILossFunction;
import org.nd4j.linalg.lossfunctions.impl.LossL2;

/**
 * The negative log-likelihood of normal distributions, in nats (as in DeepAR, Salinas et
 * al. 2020, arXiv:1704.04110): the answer's first half are means mu, its second half s of
 * which the deviations are made, sigma = {@value #LEAST} + log(1 + exp s). A label is the
 * numbers y that were drawn.
 *
 * <pre>
 * loss = log sigma + ((y - mu) / sigma)^2 / 2 + log(2 pi) / 2
 * </pre>
 */
public record GaussianLikelihood() implements Loss {

	/** Keeps the loss of numbers that never change bounded. */
	private static final double LEAST = 1e-3;

	private static final double LOG_SQRT_TURN = Math.log(2 * Math.PI) / 2;

	/** The deviation that is made of a number of the answer's second half. */
	public static double deviation(double s) {
		return LEAST + Math.max(s, 0) + Math.log1p(Math.exp(-Math.abs(s)));
	}

	@Override
	public boolean classes() {
		return false;
	}

	@Override
	public int labels(int outputs) {
		return outputs / 2;
	}

	@Override
	public double scale(int outputs) {
		return 2.0 / outputs;
	}

	@Override
	public double compare(float[] z, int outputs, int rows, float[] labels, float[] weights, Softmax softmax,
			boolean training) {
		double loss = 0;
		int half = outputs / 2 * rows;
		for (int i = 0; i < half; i++) {
			double weight = weights[i % rows];
			double s = z[half + i];
			double sigma = deviation(s);
			double error = (z[i] - labels[i]) / sigma;
			loss += weight * loss(sigma, error);
			z[i] = (float) (weight * error / sigma);
			z[half + i] = (float) (weight * (1 - error * error) / sigma * slope(s));
		}
		return loss;
	}

	@Override
	public double compare(INDArray sums, INDArray labels, @Nullable INDArray weights, @Nullable INDArray delta,
			boolean training) {
		double loss = 0;
		int values = (int) labels.size(1);
		for (int row = 0; row < labels.size(0); row++) {
			double weight = (weights != null) ? weights.getDouble(row, 0) : 1;
			for (int k = 0; k < values; k++) {
				double s = sums.getDouble(row, values + k);
				double sigma = deviation(s);
				double error = (sums.getDouble(row, k) - labels.getDouble(row, k)) / sigma;
				loss += weight * loss(sigma, error);
				if (delta != null) {
					delta.putScalar(row, k, weight * error / sigma);
					delta.putScalar(row, values + k, weight * (1 - error * error) / sigma * slope(s));
				}
			}
		}
		return loss;
	}

	/**
	 * @param error in deviations
	 */
	private static double loss(double sigma, double error) {
		return Math.log(sigma) + error * error / 2 + LOG_SQRT_TURN;
	}

	/** Of the deviation: the logistic function. */
	private static double slope(double s) {
		return 1 / (1 + Math.exp(-s));
	}

	/** DL4J has none like it, and asks only so that there is one. */
	@Override
	public ILossFunction function() {
		return new LossL2();
	}

}
