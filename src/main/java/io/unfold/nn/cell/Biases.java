package io.unfold.nn.cell;

import java.util.Arrays;

/**
 * A cell's biases, repeated for each row, so that the sums of a step can begin with them;
 * and their gradients, which are sums over rows and steps.
 */
final class Biases {

	private final int units;

	/** Biases, then gradients; [biases][batch * units], batch fastest. */
	private final float[][] tile;

	private final float[] vector;

	Biases(int units, int count) {
		this.units = units;
		this.tile = new float[count][0];
		this.vector = new float[units];
	}

	float[][] tile() {
		return this.tile;
	}

	/**
	 * Repeats the biases for each row.
	 * @param b [biases * units]
	 */
	void repeat(Floats b, int batch) {
		for (int k = 0; k < this.tile.length; k++) {
			if (this.tile[k].length != this.units * batch) {
				this.tile[k] = new float[this.units * batch];
			}
			b.get((long) k * this.units, this.vector, 0, this.units);
			for (int u = 0; u < this.units; u++) {
				Arrays.fill(this.tile[k], u * batch, (u + 1) * batch, this.vector[u]);
			}
		}
	}

	/** Sets the gradients to zero. */
	void clear() {
		for (float[] part : this.tile) {
			Arrays.fill(part, 0);
		}
	}

	/** Adds the gradients of a step's sums; [biases or more][batch * units]. */
	void add(float[][] sums) {
		for (int k = 0; k < this.tile.length; k++) {
			add(sums[k], this.tile[k]);
		}
	}

	private static void add(float[] from, float[] to) {
		for (int i = 0; i < to.length; i++) {
			to[i] += from[i];
		}
	}

	/**
	 * Sums the gradients over the rows.
	 * @param b receives them; [biases * units]
	 */
	void sum(Floats b) {
		for (int k = 0; k < this.tile.length; k++) {
			int batch = this.tile[k].length / this.units;
			for (int u = 0; u < this.units; u++) {
				float sum = 0;
				for (int i = u * batch; i < (u + 1) * batch; i++) {
					sum += this.tile[k][i];
				}
				this.vector[u] = sum;
			}
			b.put((long) k * this.units, this.vector, 0, this.units);
		}
	}

}
