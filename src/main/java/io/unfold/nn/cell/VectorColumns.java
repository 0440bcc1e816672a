package io.unfold.nn.cell;

import java.util.Arrays;

/** The columns that a product of many rows adds to, padded to whole panels. */
final class VectorColumns {

	private final int units;

	private int batch;

	private float[][] arrays = {};

	private int[] at = {};

	VectorColumns(int units) {
		this.units = units;
	}

	/** Columns of some of the blocks. */
	@SuppressWarnings("ReferenceEquality") // are they the arrays of the last call?
	VectorColumns of(float[][] z, int first, int count, int batch) {
		int columns = count * this.units;
		if (resize(columns, batch) || this.arrays[0] != z[first]) {
			for (int i = 0; i < columns; i++) {
				this.arrays[i] = z[first + i / this.units];
				this.at[i] = i % this.units * batch;
			}
		}
		return this;
	}

	/** Columns of one array. */
	VectorColumns of(float[] array, int columns, int batch) {
		resize(columns, batch);
		for (int i = 0; i < columns; i++) {
			this.arrays[i] = array;
			this.at[i] = i * batch;
		}
		return this;
	}

	private boolean resize(int columns, int batch) {
		int padded = (columns + Panels.COLUMNS - 1) / Panels.COLUMNS * Panels.COLUMNS;
		if (this.arrays.length == padded && this.batch == batch) {
			return false;
		}
		this.batch = batch;
		this.arrays = new float[padded][];
		this.at = new int[padded];
		Arrays.fill(this.arrays, columns, padded, new float[batch]);
		return true;
	}

	/** Adds a product to the columns. */
	void add(float[] a, int k, float[] panels) {
		VectorMath.multiply(a, this.batch, k, panels, this.arrays, this.at);
	}

}
