package io.unfold.data;

import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;

/**
 * What is taken out of a series before a network sees it, and put back into its
 * forecasts: with {@code y = log x} or {@code y = x}, the seasonal difference
 * {@code s(t) =
 * y(t) - y(t - lag)}, and of that, or of y, the ordinary one {@code s(t) - s(t - 1)} (Box
 * and Jenkins 1970, chapter 9).
 *
 * @param log whether logarithms are taken first, which makes steps of a ratio equal;
 * values must be above 0
 * @param seasonalLag steps of a season, or 0 for no seasonal difference
 * @param ordinary whether each step's difference from the one before is taken
 */
public record Differencing(boolean log, int seasonalLag, boolean ordinary) {

	/** Takes nothing out. */
	public static final Differencing NONE = new Differencing(false, 0, false);

	public Differencing {
		InvalidFieldException.requireBetween("seasonalLag", seasonalLag, 0, 100_000);
	}

	/** First steps of a series that have no difference yet. */
	public int lost() {
		return this.seasonalLag + (this.ordinary ? 1 : 0);
	}

	/**
	 * What is left of a series.
	 * @param series [time][variables], more than {@link #lost} steps
	 * @return [time - lost][variables]
	 */
	public double[][] apply(double[][] series) {
		int lost = lost();
		if (series.length <= lost) {
			throw new InvalidRequestException("", "must have at least " + (lost + 1)
					+ " steps for differences to be taken, but has " + series.length);
		}
		double[][] y = levels(series, 0, series.length);
		double[][] left = new double[y.length - lost][];
		for (int t = lost; t < y.length; t++) {
			double[] step = y[t].clone();
			for (int v = 0; v < step.length; v++) {
				step[v] -= known(y, t, v);
			}
			left[t - lost] = step;
		}
		return left;
	}

	/**
	 * The series' next value, given what is left of it.
	 * @param left [variables]
	 * @param series [time][variables], of which the last {@link #lost} steps before
	 * {@code length} are looked at
	 * @param length steps that are known: the value is that of step {@code length}
	 * @return [variables]; infinite where a logarithm is too large to be undone
	 */
	public double[] undo(double[] left, double[][] series, int length) {
		int lost = lost();
		if (length < lost) {
			throw new InvalidRequestException("",
					"must have at least " + lost + " steps for differences to be undone, but has " + length);
		}
		return values(nextLevel(left, levels(series, length - lost, length)));
	}

	/**
	 * The next {@code y}.
	 * @param y the last steps, {@link #lost} at least
	 */
	double[] nextLevel(double[] left, double[][] y) {
		double[] next = left.clone();
		for (int v = 0; v < next.length; v++) {
			next[v] += known(y, y.length, v);
		}
		return next;
	}

	/** What the steps before {@code t} say of {@code y(t)}. */
	private double known(double[][] y, int t, int v) {
		double known = 0;
		if (this.seasonalLag > 0) {
			known += y[t - this.seasonalLag][v];
		}
		if (this.ordinary) {
			known += y[t - 1][v];
			if (this.seasonalLag > 0) {
				known -= y[t - 1 - this.seasonalLag][v];
			}
		}
		return known;
	}

	/** The {@code y} of some steps. */
	double[][] levels(double[][] series, int begin, int end) {
		double[][] y = new double[end - begin][];
		for (int t = begin; t < end; t++) {
			y[t - begin] = series[t].clone();
			for (int v = 0; this.log && v < series[t].length; v++) {
				if (!(series[t][v] > 0)) {
					throw new InvalidRequestException("/" + t + "/" + v, "is " + series[t][v]
							+ ", and only numbers above 0 have a logarithm: leave the log transform out");
				}
				// the same on every machine
				y[t - begin][v] = StrictMath.log(series[t][v]);
			}
		}
		return y;
	}

	/** The values of a {@code y}. */
	double[] values(double[] y) {
		double[] values = y.clone();
		for (int v = 0; this.log && v < values.length; v++) {
			values[v] = StrictMath.exp(values[v]);
		}
		return values;
	}

}
