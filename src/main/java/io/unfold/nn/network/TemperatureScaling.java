package io.unfold.nn.network;

/**
 * The factor by which scores are multiplied so that their softmax has the least
 * cross-entropy (temperature scaling: Guo et al. 2017, arXiv:1706.04599; the factor is 1
 * over the temperature). With n examples of K classes, a share of K / (n + K) of each is
 * taken for an example of any class (Laplace's rule, as Platt 1999 has it): that matters
 * only where few examples are told apart without a fault, which does not make it certain
 * that the next one is.
 *
 * <p>
 * Of the examples only sums are kept: the cross-entropy and its first two derivatives at
 * factors from 2^-6 to 2^10, each the square root of 2 times the one before, so that one
 * exponential serves half of them by squaring. Between two factors the slope is
 * interpolated by a cubic (Hermite's); as the cross-entropy is convex, it has at most one
 * zero.
 */
final class TemperatureScaling {

	private static final int POINTS = 33;

	private static final double[] FACTORS = new double[POINTS];

	static {
		for (int k = 0; k < POINTS; k++) {
			FACTORS[k] = Math.pow(2, -6 + k / 2.0);
		}
	}

	/** Between the logarithms of two factors. */
	private static final double INTERVAL = Math.log(2) / 2;

	/** Summed cross-entropies, in nats. */
	private final double[] losses = new double[POINTS];

	/** Their derivatives by the factor. */
	private final double[] slopes = new double[POINTS];

	private final double[] curvatures = new double[POINTS];

	/** Sum of how far the right class is above the mean of all. */
	private double lead;

	private final double[] distances;

	private final double[][] powers;

	private long count;

	TemperatureScaling(int classes) {
		this.distances = new double[classes];
		this.powers = new double[2][classes];
	}

	/**
	 * Takes in an example.
	 * @param scores of the classes, from {@code from} on
	 * @param right the right class
	 */
	void add(double[] scores, int from, int right) {
		int classes = this.distances.length;
		double best = Double.NEGATIVE_INFINITY;
		for (int c = 0; c < classes; c++) {
			best = Math.max(best, scores[from + c]);
		}
		double total = 0;
		for (int c = 0; c < classes; c++) {
			this.distances[c] = scores[from + c] - best;
			total += this.distances[c];
			this.powers[0][c] = Math.exp(FACTORS[0] * this.distances[c]);
			this.powers[1][c] = Math.exp(FACTORS[1] * this.distances[c]);
		}
		for (int k = 0; k < POINTS; k++) {
			double[] e = this.powers[k % 2];
			double sum = 0;
			double first = 0;
			double second = 0;
			for (int c = 0; c < classes; c++) {
				double distance = this.distances[c];
				sum += e[c];
				first += e[c] * distance;
				second += e[c] * distance * distance;
				e[c] *= e[c];
			}
			double mean = first / sum;
			this.losses[k] += Math.log(sum) - FACTORS[k] * this.distances[right];
			this.slopes[k] += mean - this.distances[right];
			this.curvatures[k] += second / sum - mean * mean;
		}
		this.lead += this.distances[right] - total / classes;
		this.count++;
	}

	long count() {
		return this.count;
	}

	/** The factor, and the mean cross-entropy with it. */
	Scale best() {
		for (int k = 0; k < POINTS; k++) {
			if (slope(k) >= 0) {
				return (k > 0) ? between(k - 1) : at(0);
			}
		}
		return at(POINTS - 1);
	}

	private Scale at(int k) {
		return new Scale(FACTORS[k], this.losses[k] / this.count);
	}

	/**
	 * The zero of the slope by the factor's logarithm, a t^3 + b t^2 + c t + d for t from
	 * 0 to 1, in the interval after point {@code k}.
	 */
	private Scale between(int k) {
		double d = slope(k);
		double end = slope(k + 1);
		double c = curvature(k);
		double a = c + curvature(k + 1) - 2 * (end - d);
		double b = end - a - c - d;
		double low = 0;
		double high = 1;
		for (int i = 0; i < 60; i++) {
			double t = (low + high) / 2;
			if (((a * t + b) * t + c) * t + d < 0) {
				low = t;
			}
			else {
				high = t;
			}
		}
		double factor = FACTORS[k] * Math.exp(low * INTERVAL);
		double fallen = (((a / 4 * low + b / 3) * low + c / 2) * low + d) * low * INTERVAL
				- (factor - FACTORS[k]) * smoothing();
		return new Scale(factor, (this.losses[k] + fallen) / this.count);
	}

	/** By the factor's logarithm. */
	private double slope(int k) {
		return FACTORS[k] * (this.slopes[k] + smoothing());
	}

	/** What the examples of any class add to the derivative by the factor. */
	private double smoothing() {
		double classes = this.distances.length;
		return classes / (this.count + classes) * this.lead;
	}

	/** By the factor's logarithm, for an interval of 1. */
	private double curvature(int k) {
		return INTERVAL * (slope(k) + FACTORS[k] * FACTORS[k] * this.curvatures[k]);
	}

	/**
	 * @param factor of the scores
	 * @param loss mean cross-entropy with it, in nats
	 */
	record Scale(double factor, double loss) {
	}

}
