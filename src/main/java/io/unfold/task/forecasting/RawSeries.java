package io.unfold.task.forecasting;

import java.util.Arrays;
import java.util.BitSet;
import java.util.PrimitiveIterator;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

import io.unfold.data.CalendarFeature;
import io.unfold.data.Filling;
import io.unfold.data.MissingValues;
import io.unfold.data.Moment;
import io.unfold.data.NumberTable;
import io.unfold.data.StepDetector;
import io.unfold.data.TimeStep;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Split;
import org.jspecify.annotations.Nullable;

/** A series as it was sent, which may have holes. */
final class RawSeries {

	/** Gaps may at most double a series, and fill in this many rows more. */
	private static final int MOST_FILLED = 1000;

	private final Forecasting task;

	private final String name;

	private final SentRows sent;

	private final int size;

	/** Which of the rows that were sent its rows are. */
	private final IntUnaryOperator rows;

	/**
	 * @param size rows of the series
	 * @param rows which of those that were sent they are
	 */
	RawSeries(Forecasting task, String name, SentRows sent, int size, IntUnaryOperator rows) {
		this.task = task;
		this.name = name;
		this.sent = sent;
		this.size = size;
		this.rows = rows;
	}

	/** The time of the last row; null where none is told. */
	@Nullable Moment lastTime() {
		return this.sent.timed() ? time(this.sent.reading(), this.size - 1) : null;
	}

	private Moment time(SentRows.Reading reading, int row) {
		return reading.time(this.rows.applyAsInt(row));
	}

	/** Tells the times of its rows, where they have any. */
	void tellTimes(StepDetector detector) {
		if (!this.sent.timed()) {
			return;
		}
		SentRows.Reading reading = this.sent.reading();
		Moment before = time(reading, 0);
		for (int row = 1; row < this.size; row++) {
			Moment time = time(reading, row);
			detector.add(before, time);
			before = time;
		}
	}

	/** Looks at a row, and says what is wrong with it. */
	interface Check {

		/**
		 * @param row its number in the series
		 * @param line that it was on
		 */
		void row(int row, long line, Runnable check);

	}

	/**
	 * Checks that times rise by whole steps, and that rows are missing only where the
	 * task says what is then done.
	 * @param step null: rows are steps
	 * @param check hears of each row that is wrong; rows after it may be too
	 */
	void check(@Nullable TimeStep step, Check check) {
		if (!this.sent.timed() || this.size < 2) {
			return;
		}
		SentRows.Reading reading = this.sent.reading();
		if (step == null) {
			check.row(1, reading.line(this.rows.applyAsInt(1)), () -> {
				throw new InvalidRequestException("/" + this.task.time(), "'" + time(reading, 1) + "' after '"
						+ time(reading, 0) + "': times must rise, and nowhere do; send the oldest row first");
			});
			return;
		}
		long most = 2L * this.size + MOST_FILLED;
		int[] regular = { 1 };
		Moment before = time(reading, 0);
		for (int row = 1; row < this.size; row++) {
			Moment from = before;
			Moment time = time(reading, row);
			check.row(row, reading.line(this.rows.applyAsInt(row)),
					() -> regular[0] += gap(from, time, step, most - regular[0]));
			regular[0]++;
			before = time;
		}
	}

	/** Rows that are missing between two times. */
	private int gap(Moment before, Moment time, TimeStep step, long most) {
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
	 * The series, {@link #check checked}, with what is missing filled in as the task
	 * says, from the first row on before which no column has been seen yet.
	 * @param step by which gaps are found; null: rows are steps
	 * @param to where its rows are added, [features]
	 */
	Series regular(@Nullable TimeStep step, NumberTable to) {
		int columns = this.task.columns().size();
		Filling[] fillings = Stream.generate(() -> new Filling(this.task.missing()))
			.limit(columns)
			.toArray(Filling[]::new);
		int begin = to.size();
		BitSet filled = new BitSet();
		BitSet ahead = new BitSet();
		int[] counts = new int[Split.Source.values().length];
		Cursor cursor = new Cursor(step);
		while (cursor.hasNext()) {
			Split.Source source = cursor.source();
			double[] row = cursor.next();
			boolean whole = true;
			boolean missing = false;
			boolean any = false;
			for (int c = 0; c < columns; c++) {
				boolean hole = Double.isNaN(row[c]);
				any |= hole;
				missing |= hole && c < this.task.answers();
				int column = c;
				row[c] = fillings[c].next(row[c], () -> cursor.column(column));
				whole &= !Double.isNaN(row[c]);
			}
			if (whole) {
				filled.set(to.size() - begin, missing);
				ahead.set(to.size() - begin, any && this.task.missing().looksAhead());
				counts[source.ordinal()]++;
				to.add(row);
			}
		}
		return new Series(this.name, to, begin, to.size() - begin, filled, ahead, counts);
	}

	/**
	 * Writes what the calendar says of a time.
	 * @param row [features]
	 */
	static void calendar(Forecasting task, Moment time, double[] row) {
		int i = task.columns().size();
		for (CalendarFeature feature : task.calendar()) {
			feature.write(time, row, i);
			i += CalendarFeature.SIZE;
		}
	}

	/** Goes over the rows, and those of the gaps between them. */
	private final class Cursor {

		private final @Nullable TimeStep step;

		private final SentRows.Reading reading = RawSeries.this.sent.reading();

		/** The next row that was sent. */
		private int next;

		/** Rows that are missing before it. */
		private int gap;

		private @Nullable Moment time;

		Cursor(@Nullable TimeStep step) {
			this.step = RawSeries.this.sent.timed() ? step : null;
		}

		boolean hasNext() {
			return this.next < RawSeries.this.size;
		}

		/** What the next row is of; in a gap, what the row behind it is of. */
		Split.Source source() {
			return this.reading.source(RawSeries.this.rows.applyAsInt(this.next));
		}

		/** The next row, with what the calendar says; NaN where a number is missing. */
		double[] next() {
			double[] row = new double[RawSeries.this.task.features()];
			int columns = RawSeries.this.task.columns().size();
			if (this.gap > 0 && this.step != null && this.time != null) {
				Arrays.fill(row, 0, columns, Double.NaN);
				this.time = this.step.plus(this.time, 1);
				this.gap--;
			}
			else {
				int sent = RawSeries.this.rows.applyAsInt(this.next);
				System.arraycopy(this.reading.values(sent), 0, row, 0, columns);
				this.time = RawSeries.this.sent.timed() ? this.reading.time(sent) : null;
				this.next++;
				if (this.step != null && this.time != null && hasNext()) {
					this.gap = this.step.between(this.time, time(this.reading, this.next)) - 1;
				}
			}
			if (this.time != null) {
				calendar(RawSeries.this.task, this.time, row);
			}
			return row;
		}

		/** A column's numbers, from the next row on. */
		PrimitiveIterator.OfDouble column(int column) {
			Cursor ahead = new Cursor(this.step);
			ahead.next = this.next;
			ahead.gap = this.gap;
			ahead.time = this.time;
			return new PrimitiveIterator.OfDouble() {

				@Override
				public boolean hasNext() {
					return ahead.hasNext();
				}

				@Override
				public double nextDouble() {
					return ahead.next()[column];
				}

			};
		}

	}

}
