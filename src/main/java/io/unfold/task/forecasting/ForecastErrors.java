package io.unfold.task.forecasting;

import java.util.LinkedHashMap;
import java.util.Map;

/** Errors of forecasts, and how good their intervals are. Not thread-safe. */
final class ForecastErrors {

	private double squares;

	private double absolutes;

	private double symmetric;

	private long count;

	private double scaled;

	private long scaledCount;

	private long inside;

	private double width;

	private double score;

	private long intervals;

	/**
	 * Takes in a value.
	 * @param scale the naive error that errors are measured by; not above 0: none is
	 * known
	 */
	void add(double truth, double forecast, double scale) {
		double error = Math.abs(truth - forecast);
		this.squares += error * error;
		this.absolutes += error;
		double size = Math.abs(truth) + Math.abs(forecast);
		this.symmetric += (size > 0) ? 2 * error / size : 0;
		this.count++;
		if (scale > 0) {
			this.scaled += error / scale;
			this.scaledCount++;
		}
	}

	/** Takes in a value's interval. */
	void addInterval(double truth, double lower, double upper, double level) {
		this.intervals++;
		this.width += upper - lower;
		if (truth >= lower && truth <= upper) {
			this.inside++;
		}
		double outside = Math.max(0, lower - truth) + Math.max(0, truth - upper);
		this.score += upper - lower + 2 / (1 - level) * outside;
	}

	long count() {
		return this.count;
	}

	/** Root mean squared error, in the series' own unit. */
	double rmse() {
		return Math.sqrt(this.squares / this.count);
	}

	/** Mean absolute scaled error; not a number where no scale is known. */
	double mase() {
		return this.scaled / this.scaledCount;
	}

	/**
	 * Errors in the targets' own unit (rmse, mae); smape, from 0 to 2, the mean of 2 |y -
	 * f| / (|y| + |f|); mase, in naive errors of the training part (Hyndman and Koehler
	 * 2006). Of intervals: coverage, the share of values in them, their mean width, and
	 * intervalScore (Gneiting and Raftery 2007), the mean of u - l + 2 / (1 - level)
	 * times what a value is outside.
	 */
	Map<String, Double> metrics() {
		Map<String, Double> metrics = new LinkedHashMap<>();
		metrics.put("rmse", rmse());
		metrics.put("mae", this.absolutes / this.count);
		metrics.put("smape", this.symmetric / this.count);
		if (this.scaledCount > 0) {
			metrics.put("mase", mase());
		}
		if (this.intervals > 0) {
			metrics.put("coverage", (double) this.inside / this.intervals);
			metrics.put("intervalWidth", this.width / this.intervals);
			metrics.put("intervalScore", this.score / this.intervals);
		}
		return metrics;
	}

}
