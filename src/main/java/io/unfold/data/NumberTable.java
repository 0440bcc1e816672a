package io.unfold.data;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.unfold.problem.InvalidRequestException;

/**
 * Rows of numbers, [rows][columns]: they are only added, in blocks that may go to a file.
 * Once all are added any number of threads read them, each by a {@link Reader} of its
 * own.
 */
public final class NumberTable {

	/** Numbers of a block: a window of a series is in one or two. */
	private static final int BLOCK = 512;

	private final int columns;

	private final int rowsOfBlock;

	private final List<double[]> blocks;

	/** The block that is being filled; those before are in the list. */
	private double[] last;

	private int size;

	private NumberTable(int columns, List<double[]> blocks) {
		this.columns = columns;
		this.rowsOfBlock = Math.max(1, BLOCK / columns);
		this.blocks = blocks;
		this.last = new double[this.rowsOfBlock * columns];
	}

	/** An empty table for a few rows. */
	public static NumberTable inHeap(int columns) {
		return new NumberTable(columns, new ArrayList<>());
	}

	/**
	 * An empty table for more rows than the heap may hold.
	 * @param folder where the file would be: see {@link SpillingList}
	 */
	public static NumberTable spilling(int columns, Path folder) {
		return on(columns, new SpillingList<>(folder, Codecs.DOUBLES));
	}

	/**
	 * An empty table whose blocks go to a list.
	 * @param blocks empty
	 */
	static NumberTable on(int columns, List<double[]> blocks) {
		return new NumberTable(columns, blocks);
	}

	public int columns() {
		return this.columns;
	}

	/** Rows so far. */
	public int size() {
		return this.size;
	}

	/** Adds a row; [columns]. */
	public void add(double[] row) {
		int at = this.size % this.rowsOfBlock;
		System.arraycopy(row, 0, this.last, at * this.columns, this.columns);
		this.size++;
		if (this.size == Integer.MAX_VALUE) {
			throw new InvalidRequestException("/dataset",
					"has more than " + (Integer.MAX_VALUE - 1) + " rows, the most that is trained on");
		}
		if (at == this.rowsOfBlock - 1) {
			this.blocks.add(this.last);
			this.last = new double[this.last.length];
		}
	}

	/** What reads rows, quickly where it stays nearby. */
	public Reader reader() {
		return new Reader();
	}

	/** Holds the block that was read last. Not thread-safe. */
	public final class Reader {

		private int number = -1;

		private double[] block = {};

		/** A number. */
		public double get(int row, int column) {
			return block(row)[place(row) + column];
		}

		/** The first columns of a row. */
		public double[] row(int row, int columns) {
			return Arrays.copyOfRange(block(row), place(row), place(row) + columns);
		}

		private double[] block(int row) {
			int asked = row / NumberTable.this.rowsOfBlock;
			if (asked == NumberTable.this.blocks.size()) {
				// it may still be filled
				return NumberTable.this.last;
			}
			if (asked != this.number) {
				this.block = NumberTable.this.blocks.get(asked);
				this.number = asked;
			}
			return this.block;
		}

		private int place(int row) {
			return row % NumberTable.this.rowsOfBlock * NumberTable.this.columns;
		}

	}

}
