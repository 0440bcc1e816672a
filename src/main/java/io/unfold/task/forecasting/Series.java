package io.unfold.task.forecasting;

import java.util.Arrays;

import io.unfold.task.Spans;
import io.unfold.task.Split;

/**
 * A series, evenly spaced and without holes.
 *
 * @param name empty where the data has one series without a name
 * @param rows the columns of the task, and behind them what the calendar says; [time][
 * columns]
 * @param filled the rows in which a target or a past covariate was filled in; [time]
 * @param looksAhead whether what was filled in depends on what comes after it
 * @param counts rows of each source, which come one after the other; rows of a gap are of
 * the source of the row behind it
 */
record Series(String name, double[][] rows, boolean[] filled, boolean looksAhead, int[] counts) {

	int length() {
		return this.rows.length;
	}

	/** Whether the values of a row are true ones, that can be learned and judged by. */
	boolean isTrue(int row) {
		return !this.filled[row];
	}

	/**
	 * Whether a forecast may begin with a row: the rows before it must not tell of it.
	 */
	boolean isOrigin(int row) {
		return !(this.looksAhead && this.filled[row - 1]);
	}

	/**
	 * Its parts. Rows that were filled in by what comes after them are not in the
	 * training part where that is held out, as nothing may be fitted to it.
	 */
	Spans parts(Split split) {
		Spans parts = split.inTime(this.counts[0], this.counts[1], this.counts[2]);
		int trained = parts.training().to();
		while (trained > 0 && !isOrigin(trained)) {
			trained--;
		}
		return new Spans(new Spans.Span(0, trained), parts.validation(), parts.test());
	}

	/** The last rows, or all where there are no more. */
	Series last(int most) {
		int from = Math.max(0, length() - most);
		return new Series(this.name, Arrays.copyOfRange(this.rows, from, length()),
				Arrays.copyOfRange(this.filled, from, length()), this.looksAhead, this.counts);
	}

	/** Some rows' targets; [rows][targets]. */
	double[][] targets(int from, int to, int targets) {
		double[][] some = new double[to - from][];
		for (int t = from; t < to; t++) {
			some[t - from] = Arrays.copyOf(this.rows[t], targets);
		}
		return some;
	}

}
