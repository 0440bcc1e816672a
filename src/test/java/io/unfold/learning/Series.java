package io.unfold.learning;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Series that reservoirs are known to foretell. */
final class Series {

	/** Steps of Runge and Kutta's method in one unit of time. */
	private static final int FINE = 10;

	private static final int TAU = 17;

	/** Until the series has forgotten how it began. */
	private static final int TRANSIENT = 1000;

	private Series() {
	}

	/**
	 * x' = 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x (Mackey and Glass 1977,
	 * doi:10.1126/science.267326), by Runge and Kutta's method of fourth order with steps
	 * of 0.1, at every whole t from 1,000 on. Each series begins with a constant history,
	 * uniform in [0.5, 1.5]. Each step's target is the next value.
	 */
	static Stream<Example.Measured> mackeyGlass(long seed, int count, int steps) {
		SplittableRandom random = new SplittableRandom(seed);
		return Stream.generate(() -> {
			double[] x = mackeyGlass(0.5 + random.nextDouble(), steps + 1);
			return new Example.Measured(steps(Arrays.copyOf(x, steps)), Arrays.copyOfRange(x, 1, steps + 1));
		}).limit(count);
	}

	private static double[] mackeyGlass(double history, int count) {
		int delay = TAU * FINE;
		double h = 1.0 / FINE;
		double[] x = new double[delay + (TRANSIENT + count) * FINE];
		Arrays.fill(x, 0, delay + 1, history);
		for (int i = delay; i + 1 < x.length; i++) {
			double past = x[i - delay];
			double next = x[i - delay + 1];
			double between = (past + next) / 2;
			double k1 = slope(x[i], past);
			double k2 = slope(x[i] + h / 2 * k1, between);
			double k3 = slope(x[i] + h / 2 * k2, between);
			double k4 = slope(x[i] + h * k3, next);
			x[i + 1] = x[i] + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
		}
		double[] sampled = new double[count];
		Arrays.setAll(sampled, (i) -> x[delay + (TRANSIENT + i) * FINE]);
		return sampled;
	}

	private static double slope(double x, double past) {
		return 0.2 * past / (1 + Math.pow(past, 10)) - 0.1 * x;
	}

	/**
	 * The nonlinear system of tenth order (Atiya and Parlos 2000, doi:10.1109/72.846741):
	 * y(t+1) = 0.3 y(t) + 0.05 y(t) (y(t) + ... + y(t-9)) + 1.5 u(t-9) u(t) + 0.1, where
	 * u is uniform in [0, 0.5]. The steps are u(t), the targets y(t+1).
	 */
	static Stream<Example.Measured> narma10(long seed, int count, int steps) {
		SplittableRandom random = new SplittableRandom(seed);
		return Stream.generate(() -> {
			double[] u = random.doubles(steps, 0, 0.5).toArray();
			double[] y = new double[steps + 1];
			for (int t = 9; t < steps; t++) {
				double sum = Arrays.stream(y, t - 9, t + 1).sum();
				y[t + 1] = 0.3 * y[t] + 0.05 * y[t] * sum + 1.5 * u[t - 9] * u[t] + 0.1;
			}
			return new Example.Measured(steps(u), Arrays.copyOfRange(y, 1, steps + 1));
		}).limit(count);
	}

	private static double[][] steps(double[] values) {
		return Arrays.stream(values).mapToObj((value) -> new double[] { value }).toArray(double[][]::new);
	}

}
