package io.unfold.task.forecasting;

import io.unfold.data.NumberTable;

/**
 * A series as the network sees it.
 *
 * @param table in which its rows are: what the network should answer of a row, and reads
 * a step later (the targets, with differences taken and scaled, and the past covariates),
 * and behind that what is known of the row ahead. The numbers are floats
 * @param begin where they begin in it
 * @param answers numbers that the network answers
 * @param lost rows that the differencing takes, of which nothing can be answered
 */
record Encoded(NumberTable table, int begin, int answers, int lost) {

	/** Numbers that the network reads at each step. */
	int features() {
		return this.table.columns();
	}

	Reading reading() {
		return new Reading();
	}

	/** Reads it. Not thread-safe. */
	final class Reading {

		private final NumberTable.Reader reader = Encoded.this.table.reader();

		/**
		 * What the network reads at the step after which it forecasts a row: the row
		 * before it, and what is known of the row ahead.
		 * @param row the row that is forecast
		 * @param index that of a number in it
		 */
		float input(int row, int index) {
			return number((index < Encoded.this.answers) ? row - 1 : row, index);
		}

		/** A number of a row: the answers, then what is known of it ahead. */
		float number(int row, int index) {
			return (float) this.reader.get(Encoded.this.begin + row, index);
		}

	}

}
