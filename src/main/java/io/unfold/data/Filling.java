package io.unfold.data;

import java.util.PrimitiveIterator;
import java.util.function.Supplier;

/** Fills in a column of a series, one row after the other. Not thread-safe. */
public final class Filling {

	private final MissingValues missing;

	private int row = -1;

	private double before = Double.NaN;

	private int beforeRow = -1;

	private double after = Double.NaN;

	private int afterRow = -1;

	public Filling(MissingValues missing) {
		this.missing = missing;
	}

	/**
	 * The next row's number, or what stands for it.
	 * @param value NaN where it is missing
	 * @param ahead the numbers after it, which are asked for once in a gap at most
	 * @return NaN before the first number
	 */
	public double next(double value, Supplier<PrimitiveIterator.OfDouble> ahead) {
		this.row++;
		if (!Double.isNaN(value)) {
			this.before = value;
			this.beforeRow = this.row;
			return value;
		}
		if (this.beforeRow < 0) {
			return value;
		}
		if (this.missing.looksAhead() && this.afterRow < this.row) {
			look(ahead.get());
		}
		return this.missing.between(this.before, this.after,
				(double) (this.row - this.beforeRow) / (this.afterRow - this.beforeRow));
	}

	/** Where nothing comes after, that is behind the last row. */
	private void look(PrimitiveIterator.OfDouble ahead) {
		this.after = Double.NaN;
		this.afterRow = this.row + 1;
		while (ahead.hasNext()) {
			this.after = ahead.nextDouble();
			if (!Double.isNaN(this.after)) {
				return;
			}
			this.afterRow++;
		}
	}

}
