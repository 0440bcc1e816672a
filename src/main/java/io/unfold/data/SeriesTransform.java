package io.unfold.data;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/**
 * What is done to a series before a network sees it, and undone in its forecasts:
 * differences, then a scaling that was fitted to the differences of the training part.
 * The same record is its JSON.
 */
public record SeriesTransform(Differencing differencing, Normalizer normalizer) {

	/**
	 * Fits a scaling to the training part of a series.
	 * @param training [time][variables]
	 */
	public static SeriesTransform fit(Differencing differencing, Scaling scaling, double[][] training) {
		return new SeriesTransform(differencing, scaling.fit(differencing.apply(training)));
	}

	/** First steps of a series that the network does not see. */
	public int lost() {
		return this.differencing.lost();
	}

	/**
	 * A series as the network sees it.
	 * @param series [time][variables], more than {@link #lost} steps
	 * @return [time - lost][variables]
	 */
	public double[][] apply(double[][] series) {
		double[][] seen = this.differencing.apply(series);
		for (int t = 0; t < seen.length; t++) {
			seen[t] = this.normalizer.apply(seen[t]);
		}
		return seen;
	}

	/**
	 * The series' next value, given what the network says of it; for forecasts one step
	 * ahead, each from the true values before it.
	 * @param seen [variables], as the network sees it
	 * @param series [time][variables]
	 * @param length steps that are known: the value is that of step {@code length}
	 */
	public double[] undo(double[] seen, double[][] series, int length) {
		return this.differencing.undo(this.normalizer.undo(seen), series, length);
	}

	/**
	 * Continues a series by its own forecasts.
	 * @param history [time][variables], at least {@link #lost} steps
	 */
	public Continuation continuing(double[][] history) {
		int lost = lost();
		if (history.length < lost) {
			throw new IllegalArgumentException("the history must have at least " + lost + " steps");
		}
		return new Continuation(this.differencing.levels(history, history.length - lost, history.length));
	}

	/** A series that goes on, one forecast after the other. Not thread-safe. */
	public final class Continuation {

		private final Deque<double[]> last;

		private Continuation(double[][] last) {
			this.last = new ArrayDeque<>(Arrays.asList(last));
		}

		/**
		 * The series' next value, given what the network says of it.
		 * @param seen [variables], as the network sees it
		 * @return [variables]; infinite where a logarithm is too large to be undone
		 */
		public double[] next(double[] seen) {
			Differencing differencing = SeriesTransform.this.differencing;
			double[] left = SeriesTransform.this.normalizer.undo(seen);
			double[] y = differencing.nextLevel(left, this.last.toArray(double[][]::new));
			if (!this.last.isEmpty()) {
				this.last.removeFirst();
				this.last.addLast(y);
			}
			return differencing.values(y);
		}

	}

}
