package io.unfold.data;

import java.time.LocalDateTime;
import java.util.stream.DoubleStream;

import org.jspecify.annotations.Nullable;

/**
 * Hears the times of series, all of them dates or all numbers, and tells the step between
 * most neighbours: the median of the first of them. Not thread-safe.
 */
public final class StepDetector {

	/** Neighbours that the median is of at most: it is checked against all rows later. */
	private static final int MOST = 1 << 17;

	private final DoubleStream.Builder steps = DoubleStream.builder();

	private final DoubleStream.Builder months = DoubleStream.builder();

	private int kept;

	private boolean dates;

	private boolean allMonths = true;

	private boolean allWeekdays = true;

	private boolean overWeekend;

	/** Takes in two neighbours of a series, where the second is later. */
	public void add(Moment from, Moment to) {
		double step = to.at() - from.at();
		if (step <= 0) {
			return;
		}
		boolean keep = this.kept < MOST;
		if (keep) {
			this.steps.add(step);
			this.kept++;
		}
		if (from.date()) {
			this.dates = true;
			addDates(from.time(), to.time(), step, keep);
		}
	}

	private void addDates(LocalDateTime from, LocalDateTime to, double step, boolean keep) {
		if (this.allMonths) {
			double apart = TimeStep.months(from, to);
			this.allMonths = apart >= 1;
			if (keep) {
				this.months.add(apart);
			}
		}
		if (this.allWeekdays) {
			double apart = TimeStep.weekdays(from, to);
			this.allWeekdays = apart >= 1;
			this.overWeekend |= apart == 1 && step > TimeStep.DAY;
		}
	}

	/** The step, or null where no time comes after another one. */
	public @Nullable TimeStep step() {
		if (this.kept == 0) {
			return null;
		}
		double median = median(this.steps);
		if (!this.dates) {
			return new TimeStep(TimeStep.Unit.NUMBER, median);
		}
		if (this.allMonths) {
			return new TimeStep(TimeStep.Unit.MONTHS, median(this.months));
		}
		if (median == TimeStep.DAY && this.allWeekdays && this.overWeekend) {
			return new TimeStep(TimeStep.Unit.WEEKDAYS, 1);
		}
		return new TimeStep(TimeStep.Unit.SECONDS, median);
	}

	private static double median(DoubleStream.Builder values) {
		double[] sorted = values.build().sorted().toArray();
		return sorted[(sorted.length - 1) / 2];
	}

}
