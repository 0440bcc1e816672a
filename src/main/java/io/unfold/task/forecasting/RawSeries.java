package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.unfold.data.CalendarFeature;
import io.unfold.data.MissingValues;
import io.unfold.data.Moment;
import io.unfold.data.TimeStep;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Split;
import org.jspecify.annotations.Nullable;

/** Rows of a series as they were sent, numbers that are missing being NaN. */
final class RawSeries {

	/** Gaps may at most double a series, and fill in this many rows more. */
	private static final int MOST_FILLED = 1000;

	private final Forecasting task;

	private final String name;

	private final List<double[]> rows = new ArrayList<>();

	private final List<Moment> times = new ArrayList<>();

	private final List<Split.Source> sources = new ArrayList<>();

	RawSeries(Forecasting task, String name) {
		this.task = task;
		this.name = name;
	}

	/**
	 * @param columns those of the task
	 * @param time of all rows of the series or of none
	 * @param source what the row is of, in the order of the sources
	 */
	void add(double[] columns, @Nullable Moment time, Split.Source source) {
		this.sources.add(source);
		double[] row = Arrays.copyOf(columns, columns.length + CalendarFeature.SIZE * this.task.calendar().size());
		if (time != null) {
			addTimed(row, time);
		}
		else {
			this.rows.add(row);
		}
	}

	/** Of all rows, or empty. */
	List<Moment> times() {
		return this.times;
	}

	/** Looks at a row, and says what is wrong with it. */
	interface Check {

		void row(int row, Runnable check);

	}

	/**
	 * The series, with what is missing filled in as the task says, from the first row on
	 * before which no column has been seen yet.
	 * @param step by which gaps are found; null: rows are steps
	 * @param check hears of each row that is wrong; rows after it may be too
	 */
	Series regular(@Nullable TimeStep step, Check check) {
		if (step != null && !this.times.isEmpty()) {
			fillGaps(step, check);
		}
		double[][] all = this.rows.toArray(double[][]::new);
		int begin = begin(all);
		boolean[] filled = new boolean[all.length - begin];
		for (int t = begin; t < all.length; t++) {
			for (int column = 0; column < this.task.answers(); column++) {
				filled[t - begin] |= Double.isNaN(all[t][column]);
			}
		}
		int columns = this.task.columns().size();
		for (int column = 0; column < columns; column++) {
			this.task.missing().fill(all, column);
		}
		int[] counts = new int[Split.Source.values().length];
		this.sources.subList(begin, all.length).forEach((source) -> counts[source.ordinal()]++);
		return new Series(this.name, Arrays.copyOfRange(all, begin, all.length), filled,
				this.task.missing().looksAhead(), counts);
	}

	private void fillGaps(TimeStep step, Check check) {
		List<double[]> sent = List.copyOf(this.rows);
		List<Moment> sentTimes = List.copyOf(this.times);
		List<Split.Source> sentSources = List.copyOf(this.sources);
		int most = 2 * sent.size() + MOST_FILLED;
		this.rows.clear();
		this.times.clear();
		this.sources.clear();
		for (int i = 0; i < sent.size(); i++) {
			int row = i;
			Moment time = sentTimes.get(i);
			check.row(row, () -> {
				for (int gap = (row > 0) ? gap(sentTimes.get(row - 1), time, step, most - this.rows.size())
						: 0; gap > 0; gap--) {
					double[] empty = new double[sent.get(row).length];
					Arrays.fill(empty, Double.NaN);
					addTimed(empty, step.plus(this.times.get(this.times.size() - 1), 1));
					this.sources.add(sentSources.get(row));
				}
			});
			addTimed(sent.get(i), time);
			this.sources.add(sentSources.get(i));
		}
	}

	/** Rows that are missing between two times. */
	private int gap(Moment before, Moment time, TimeStep step, int most) {
		String pointer = "/" + this.task.time();
		int steps = step.between(before, time);
		if (steps == 0) {
			throw new InvalidRequestException(pointer, "'" + time + "' after '" + before
					+ "': times must rise by whole steps of " + step + ", which is the step between most rows");
		}
		if (steps > 1 && this.task.missing() == MissingValues.ERROR) {
			throw new InvalidRequestException(pointer, "'" + time + "' after '" + before + "': "
					+ ((steps > 2) ? (steps - 1) + " rows are" : "a row is")
					+ " missing between them; fill it in, or say in task.missing how ('interpolate' or 'forwardFill')");
		}
		if (steps - 1 > most) {
			throw new InvalidRequestException(pointer,
					"'" + time + "' after '" + before + "': too many rows are missing to be filled in");
		}
		return steps - 1;
	}

	/**
	 * @param row with room for the calendar
	 */
	private void addTimed(double[] row, Moment time) {
		calendar(this.task, time, row, this.task.columns().size());
		this.rows.add(row);
		this.times.add(time);
	}

	/** Writes what the calendar says of a time. */
	static void calendar(Forecasting task, Moment time, double[] row, int index) {
		int i = index;
		for (CalendarFeature feature : task.calendar()) {
			feature.write(time, row, i);
			i += CalendarFeature.SIZE;
		}
	}

	/** The first row by which every column has had a number; none where one never has. */
	private int begin(double[][] all) {
		int begin = 0;
		for (int column = 0; column < this.task.columns().size(); column++) {
			int first = 0;
			while (first < all.length && Double.isNaN(all[first][column])) {
				first++;
			}
			begin = Math.max(begin, first);
		}
		return begin;
	}

}
