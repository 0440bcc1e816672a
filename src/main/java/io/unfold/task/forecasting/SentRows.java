package io.unfold.task.forecasting;

import java.nio.file.Path;
import java.util.Arrays;

import io.unfold.data.Moment;
import io.unfold.data.NumberTable;
import io.unfold.task.Split;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one or more series as they were sent, in that order, numbers that are missing
 * being NaN. Behind the columns of the task stand what else is known of a row.
 */
final class SentRows {

	/** The time; NaN where it is not told. */
	private static final int AT = 0;

	private static final int SOURCE = 1;

	private static final int LINE = 2;

	private static final int SERIES = 3;

	private static final int MORE = 4;

	private static final Split.Source[] SOURCES = Split.Source.values();

	private final int columns;

	private final NumberTable table;

	private boolean timed;

	private boolean dates;

	private SentRows(int columns, NumberTable table) {
		this.columns = columns;
		this.table = table;
	}

	/** Those of a request. */
	static SentRows few(Forecasting task) {
		int columns = task.columns().size();
		return new SentRows(columns, NumberTable.inHeap(columns + MORE));
	}

	/**
	 * Those of a dataset.
	 * @param folder where they are kept if they are many
	 */
	static SentRows many(Forecasting task, Path folder) {
		int columns = task.columns().size();
		return new SentRows(columns, NumberTable.spilling(columns + MORE, folder));
	}

	/**
	 * @param values those of the task's columns
	 * @param time of all rows or of none, and a date in all or in none
	 */
	void add(double[] values, @Nullable Moment time, Split.Source source, long line, int series) {
		double[] row = Arrays.copyOf(values, this.columns + MORE);
		row[this.columns + AT] = (time != null) ? time.at() : Double.NaN;
		row[this.columns + SOURCE] = source.ordinal();
		row[this.columns + LINE] = line;
		row[this.columns + SERIES] = series;
		this.table.add(row);
		if (time != null) {
			this.timed = true;
			this.dates = time.date();
		}
	}

	int size() {
		return this.table.size();
	}

	/** Whether times are told. */
	boolean timed() {
		return this.timed;
	}

	/** Rows of each series. */
	int[] counts(int series) {
		int[] counts = new int[series];
		NumberTable.Reader reader = this.table.reader();
		for (int row = 0; row < size(); row++) {
			counts[(int) reader.get(row, this.columns + SERIES)]++;
		}
		return counts;
	}

	/**
	 * The rows, those of each series together and in their order.
	 * @param counts rows of each series
	 */
	int[] bySeries(int[] counts) {
		int[] next = new int[counts.length];
		for (int i = 1; i < counts.length; i++) {
			next[i] = next[i - 1] + counts[i - 1];
		}
		int[] rows = new int[size()];
		NumberTable.Reader reader = this.table.reader();
		for (int row = 0; row < rows.length; row++) {
			rows[next[(int) reader.get(row, this.columns + SERIES)]++] = row;
		}
		return rows;
	}

	Reading reading() {
		return new Reading();
	}

	/** Reads them. Not thread-safe. */
	final class Reading {

		private final NumberTable.Reader reader = SentRows.this.table.reader();

		/** Those of the task's columns. */
		double[] values(int row) {
			return this.reader.row(row, SentRows.this.columns);
		}

		/** Where times are told. */
		Moment time(int row) {
			return new Moment(this.reader.get(row, SentRows.this.columns + AT), SentRows.this.dates);
		}

		Split.Source source(int row) {
			return SOURCES[(int) this.reader.get(row, SentRows.this.columns + SOURCE)];
		}

		long line(int row) {
			return (long) this.reader.get(row, SentRows.this.columns + LINE);
		}

	}

}
