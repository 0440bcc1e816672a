package io.unfold.task.regression;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Errors of answers over all steps and all numbers of a step, in the targets' own unit.
 * Not thread-safe.
 */
public final class RegressionErrors {

	/** Mean of the truth, for each number of a step. */
	private final double[] mean;

	/** Sum of the truth's squared distances from that mean (Welford 1962). */
	private final double[] spread;

	private double squares;

	private double absolutes;

	private long steps;

	/**
	 * @param size numbers of a step
	 */
	public RegressionErrors(int size) {
		this.mean = new double[size];
		this.spread = new double[size];
	}

	/** Takes in a step; [size]. */
	public void add(double[] truth, double[] answer) {
		this.steps++;
		for (int k = 0; k < truth.length; k++) {
			double error = truth[k] - answer[k];
			this.squares += error * error;
			this.absolutes += Math.abs(error);
			double delta = truth[k] - this.mean[k];
			this.mean[k] += delta / this.steps;
			this.spread[k] += delta * (truth[k] - this.mean[k]);
		}
	}

	/** Root mean squared error. */
	double rmse() {
		return Math.sqrt(this.squares / count());
	}

	/**
	 * Beside the errors r2, the share of the truth's variance that is explained, 1 -
	 * squares / spread, and nrmse, the error in standard deviations of the truth; neither
	 * where the truth is constant.
	 */
	public Map<String, Double> metrics() {
		Map<String, Double> metrics = new LinkedHashMap<>();
		metrics.put("rmse", rmse());
		metrics.put("mae", this.absolutes / count());
		metrics.put("mse", this.squares / count());
		double spread = Arrays.stream(this.spread).sum();
		if (spread > 0) {
			metrics.put("r2", 1 - this.squares / spread);
			metrics.put("nrmse", Math.sqrt(this.squares / spread));
		}
		return metrics;
	}

	private long count() {
		return this.steps * this.mean.length;
	}

}
