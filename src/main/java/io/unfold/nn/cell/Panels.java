package io.unfold.nn.cell;

/**
 * A matrix packed for {@link VectorMath}: panels of columns, and in each panel row after
 * row, so that a product reads it from front to back. Columns that fill the last panel up
 * are zeros.
 */
final class Panels {

	/** Columns of a panel for products of many rows. */
	static final int COLUMNS = 12;

	/** Vectors of a panel for products of one row. */
	static final int VECTORS = 8;

	private static final int CHUNK = 16;

	private final int rows;

	private final int columns;

	private final int width;

	private final float[] data;

	private float[] line = {};

	/**
	 * @param width columns of a panel
	 */
	Panels(int rows, int columns, int width) {
		this.rows = rows;
		this.columns = columns;
		this.width = width;
		this.data = new float[Math.multiplyExact(rows, (columns + width - 1) / width * width)];
	}

	/** [panel][rows][width]. */
	float[] data() {
		return this.data;
	}

	int rows() {
		return this.rows;
	}

	/** Packs a column-major matrix [rows, columns]. */
	Panels pack(Floats matrix, long offset, int stride) {
		this.line = grown(this.rows * CHUNK);
		for (int column = 0; column < this.columns; column += CHUNK) {
			int count = Math.min(CHUNK, this.columns - column);
			for (int i = 0; i < count; i++) {
				matrix.get(offset + (long) (column + i) * stride, this.line, i * this.rows, this.rows);
			}
			for (int i = 0; i < count; i++) {
				spread(i * this.rows, index(column + i));
			}
		}
		return this;
	}

	private void spread(int from, int to) {
		for (int row = 0; row < this.rows; row++) {
			this.data[to + row * this.width] = this.line[from + row];
		}
	}

	/** Packs the transpose of a column-major matrix [columns, rows]. */
	Panels packTransposed(Floats matrix, long offset, int stride) {
		this.line = grown(this.columns);
		for (int row = 0; row < this.rows; row++) {
			matrix.get(offset + (long) row * stride, this.line, 0, this.columns);
			for (int column = 0; column < this.columns; column += this.width) {
				System.arraycopy(this.line, column, this.data, index(column) + row * this.width,
						Math.min(this.width, this.columns - column));
			}
		}
		return this;
	}

	/** Where the first row of a column is. */
	private int index(int column) {
		return column / this.width * this.width * this.rows + column % this.width;
	}

	private float[] grown(int length) {
		return (this.line.length < length) ? new float[length] : this.line;
	}

}
