package io.unfold.task.forecasting;

import java.util.BitSet;

import io.unfold.data.NumberTable;
import io.unfold.task.Spans;
import io.unfold.task.Split;

/**
 * A series, evenly spaced and without holes.
 *
 * @param name empty where the data has one series without a name
 * @param table in which its rows are: the columns of the task, and behind them what the
 * calendar says
 * @param begin where they begin in it
 * @param length rows of the series
 * @param filled the rows in which a target or a past covariate was filled in
 * @param ahead the rows in which anything was filled in by what comes after it
 * @param counts rows of each source, which come one after the other; rows of a gap are of
 * the source of the row behind it
 */
record Series(String name, NumberTable table, int begin, int length, BitSet filled, BitSet ahead, int[] counts) {

	/** Rows of a piece: enough beside those of a season before them. */
	private static final int PIECE = 4096;

	/** Whether the values of a row are true ones, that can be learned and judged by. */
	boolean isTrue(int row) {
		return !this.filled.get(row);
	}

	/**
	 * Whether a forecast may begin with a row: the rows before it must not tell of it.
	 */
	boolean isOrigin(int row) {
		return !(this.filled.get(row - 1) && this.ahead.get(row - 1));
	}

	/**
	 * Its parts. Rows that were filled in by what comes after them are not in the
	 * training part where that is held out, as nothing may be fitted to it.
	 */
	Spans parts(Split split) {
		Spans parts = split.inTime(this.counts[0], this.counts[1], this.counts[2]);
		int trained = parts.training().to();
		while (trained > 0 && this.ahead.get(trained - 1)) {
			trained--;
		}
		return new Spans(new Spans.Span(0, trained), parts.validation(), parts.test());
	}

	/** The last rows, or all where there are no more. */
	Series last(int most) {
		int from = Math.max(0, this.length - most);
		return new Series(this.name, this.table, this.begin + from, this.length - from,
				this.filled.get(from, this.length), this.ahead.get(from, this.length), this.counts);
	}

	/** The first columns of some rows; [rows][columns]. */
	double[][] rows(int from, int to, int columns) {
		NumberTable.Reader reader = this.table.reader();
		double[][] some = new double[to - from][];
		for (int t = from; t < to; t++) {
			some[t - from] = reader.row(this.begin + t, columns);
		}
		return some;
	}

	/** Hears of a piece of a series. */
	interface Sink {

		/**
		 * @param from the first row of the piece
		 * @param rows those before it that were asked for, and its own; [rows][columns]
		 */
		void piece(int from, double[][] rows);

	}

	/**
	 * Goes over the rows, piece by piece.
	 * @param before rows before each piece that are given with it; the first piece begins
	 * behind them
	 * @param to the row behind the last
	 * @param columns first columns of a row that are given
	 */
	void inPieces(int before, int to, int columns, Sink sink) {
		for (int from = before; from < to; from += PIECE) {
			sink.piece(from, rows(from - before, Math.min(to, from + PIECE), columns));
		}
	}

}
