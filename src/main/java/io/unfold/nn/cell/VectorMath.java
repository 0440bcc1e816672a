package io.unfold.nn.cell;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Loops on the processor's vectors, by the Vector API. The module is still an incubator,
 * so this class is compiled by itself, and {@link Vectors} tells whether it can be used;
 * it must not be touched where it cannot. Each accumulator is a variable of its own in
 * one simple loop: kept in an array, or passed to a method, they would live in memory.
 */
final class VectorMath {

	private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

	private static final int LANES = SPECIES.length();

	/** Rows of a tile. */
	private static final int ROWS = 2 * LANES;

	private VectorMath() {
	}

	/** Floats of a vector. */
	static int lanes() {
		return LANES;
	}

	/**
	 * Adds A B to C, where A and C have the batch fastest in memory. B comes as panels of
	 * twelve columns, [panel][k][12]: with two vectors of rows that takes 24
	 * accumulators, which with what they are fed from is all but a few of AVX-512's
	 * registers.
	 * @param a [k][batch]; the batch is a multiple of the lanes
	 * @param c the array that holds each column of C, padded to whole panels
	 * @param at where the column begins in its array
	 */
	static void multiply(float[] a, int batch, int k, float[] b, float[][] c, int[] at) {
		for (int column = 0; column < c.length; column += Panels.COLUMNS) {
			int row = 0;
			for (; row + ROWS <= batch; row += ROWS) {
				tile(a, row, batch, k, b, column * k, c, at, column);
			}
			if (row < batch) {
				narrowTile(a, row, batch, k, b, column * k, c, at, column);
			}
		}
	}

	// @formatter:off
	private static void tile(float[] a, int row, int batch, int k, float[] b, int from, float[][] c, int[] at, int column) {
		int lower = row + LANES;
		FloatVector c0 = FloatVector.fromArray(SPECIES, c[column], at[column] + row);
		FloatVector d0 = FloatVector.fromArray(SPECIES, c[column], at[column] + lower);
		FloatVector c1 = FloatVector.fromArray(SPECIES, c[column + 1], at[column + 1] + row);
		FloatVector d1 = FloatVector.fromArray(SPECIES, c[column + 1], at[column + 1] + lower);
		FloatVector c2 = FloatVector.fromArray(SPECIES, c[column + 2], at[column + 2] + row);
		FloatVector d2 = FloatVector.fromArray(SPECIES, c[column + 2], at[column + 2] + lower);
		FloatVector c3 = FloatVector.fromArray(SPECIES, c[column + 3], at[column + 3] + row);
		FloatVector d3 = FloatVector.fromArray(SPECIES, c[column + 3], at[column + 3] + lower);
		FloatVector c4 = FloatVector.fromArray(SPECIES, c[column + 4], at[column + 4] + row);
		FloatVector d4 = FloatVector.fromArray(SPECIES, c[column + 4], at[column + 4] + lower);
		FloatVector c5 = FloatVector.fromArray(SPECIES, c[column + 5], at[column + 5] + row);
		FloatVector d5 = FloatVector.fromArray(SPECIES, c[column + 5], at[column + 5] + lower);
		FloatVector c6 = FloatVector.fromArray(SPECIES, c[column + 6], at[column + 6] + row);
		FloatVector d6 = FloatVector.fromArray(SPECIES, c[column + 6], at[column + 6] + lower);
		FloatVector c7 = FloatVector.fromArray(SPECIES, c[column + 7], at[column + 7] + row);
		FloatVector d7 = FloatVector.fromArray(SPECIES, c[column + 7], at[column + 7] + lower);
		FloatVector c8 = FloatVector.fromArray(SPECIES, c[column + 8], at[column + 8] + row);
		FloatVector d8 = FloatVector.fromArray(SPECIES, c[column + 8], at[column + 8] + lower);
		FloatVector c9 = FloatVector.fromArray(SPECIES, c[column + 9], at[column + 9] + row);
		FloatVector d9 = FloatVector.fromArray(SPECIES, c[column + 9], at[column + 9] + lower);
		FloatVector c10 = FloatVector.fromArray(SPECIES, c[column + 10], at[column + 10] + row);
		FloatVector d10 = FloatVector.fromArray(SPECIES, c[column + 10], at[column + 10] + lower);
		FloatVector c11 = FloatVector.fromArray(SPECIES, c[column + 11], at[column + 11] + row);
		FloatVector d11 = FloatVector.fromArray(SPECIES, c[column + 11], at[column + 11] + lower);
		int p = row;
		int q = from;
		for (int i = 0; i < k; i++) {
			FloatVector x = FloatVector.fromArray(SPECIES, a, p);
			FloatVector y = FloatVector.fromArray(SPECIES, a, p + LANES);
			p += batch;
			FloatVector w = FloatVector.broadcast(SPECIES, b[q]);
			c0 = x.fma(w, c0);
			d0 = y.fma(w, d0);
			w = FloatVector.broadcast(SPECIES, b[q + 1]);
			c1 = x.fma(w, c1);
			d1 = y.fma(w, d1);
			w = FloatVector.broadcast(SPECIES, b[q + 2]);
			c2 = x.fma(w, c2);
			d2 = y.fma(w, d2);
			w = FloatVector.broadcast(SPECIES, b[q + 3]);
			c3 = x.fma(w, c3);
			d3 = y.fma(w, d3);
			w = FloatVector.broadcast(SPECIES, b[q + 4]);
			c4 = x.fma(w, c4);
			d4 = y.fma(w, d4);
			w = FloatVector.broadcast(SPECIES, b[q + 5]);
			c5 = x.fma(w, c5);
			d5 = y.fma(w, d5);
			w = FloatVector.broadcast(SPECIES, b[q + 6]);
			c6 = x.fma(w, c6);
			d6 = y.fma(w, d6);
			w = FloatVector.broadcast(SPECIES, b[q + 7]);
			c7 = x.fma(w, c7);
			d7 = y.fma(w, d7);
			w = FloatVector.broadcast(SPECIES, b[q + 8]);
			c8 = x.fma(w, c8);
			d8 = y.fma(w, d8);
			w = FloatVector.broadcast(SPECIES, b[q + 9]);
			c9 = x.fma(w, c9);
			d9 = y.fma(w, d9);
			w = FloatVector.broadcast(SPECIES, b[q + 10]);
			c10 = x.fma(w, c10);
			d10 = y.fma(w, d10);
			w = FloatVector.broadcast(SPECIES, b[q + 11]);
			c11 = x.fma(w, c11);
			d11 = y.fma(w, d11);
			q += Panels.COLUMNS;
		}
		c0.intoArray(c[column], at[column] + row);
		d0.intoArray(c[column], at[column] + lower);
		c1.intoArray(c[column + 1], at[column + 1] + row);
		d1.intoArray(c[column + 1], at[column + 1] + lower);
		c2.intoArray(c[column + 2], at[column + 2] + row);
		d2.intoArray(c[column + 2], at[column + 2] + lower);
		c3.intoArray(c[column + 3], at[column + 3] + row);
		d3.intoArray(c[column + 3], at[column + 3] + lower);
		c4.intoArray(c[column + 4], at[column + 4] + row);
		d4.intoArray(c[column + 4], at[column + 4] + lower);
		c5.intoArray(c[column + 5], at[column + 5] + row);
		d5.intoArray(c[column + 5], at[column + 5] + lower);
		c6.intoArray(c[column + 6], at[column + 6] + row);
		d6.intoArray(c[column + 6], at[column + 6] + lower);
		c7.intoArray(c[column + 7], at[column + 7] + row);
		d7.intoArray(c[column + 7], at[column + 7] + lower);
		c8.intoArray(c[column + 8], at[column + 8] + row);
		d8.intoArray(c[column + 8], at[column + 8] + lower);
		c9.intoArray(c[column + 9], at[column + 9] + row);
		d9.intoArray(c[column + 9], at[column + 9] + lower);
		c10.intoArray(c[column + 10], at[column + 10] + row);
		d10.intoArray(c[column + 10], at[column + 10] + lower);
		c11.intoArray(c[column + 11], at[column + 11] + row);
		d11.intoArray(c[column + 11], at[column + 11] + lower);
	}

	/** One vector of rows. */
	private static void narrowTile(float[] a, int row, int batch, int k, float[] b, int from, float[][] c, int[] at, int column) {
		FloatVector c0 = FloatVector.fromArray(SPECIES, c[column], at[column] + row);
		FloatVector c1 = FloatVector.fromArray(SPECIES, c[column + 1], at[column + 1] + row);
		FloatVector c2 = FloatVector.fromArray(SPECIES, c[column + 2], at[column + 2] + row);
		FloatVector c3 = FloatVector.fromArray(SPECIES, c[column + 3], at[column + 3] + row);
		FloatVector c4 = FloatVector.fromArray(SPECIES, c[column + 4], at[column + 4] + row);
		FloatVector c5 = FloatVector.fromArray(SPECIES, c[column + 5], at[column + 5] + row);
		FloatVector c6 = FloatVector.fromArray(SPECIES, c[column + 6], at[column + 6] + row);
		FloatVector c7 = FloatVector.fromArray(SPECIES, c[column + 7], at[column + 7] + row);
		FloatVector c8 = FloatVector.fromArray(SPECIES, c[column + 8], at[column + 8] + row);
		FloatVector c9 = FloatVector.fromArray(SPECIES, c[column + 9], at[column + 9] + row);
		FloatVector c10 = FloatVector.fromArray(SPECIES, c[column + 10], at[column + 10] + row);
		FloatVector c11 = FloatVector.fromArray(SPECIES, c[column + 11], at[column + 11] + row);
		int p = row;
		int q = from;
		for (int i = 0; i < k; i++) {
			FloatVector x = FloatVector.fromArray(SPECIES, a, p);
			p += batch;
			c0 = x.fma(FloatVector.broadcast(SPECIES, b[q]), c0);
			c1 = x.fma(FloatVector.broadcast(SPECIES, b[q + 1]), c1);
			c2 = x.fma(FloatVector.broadcast(SPECIES, b[q + 2]), c2);
			c3 = x.fma(FloatVector.broadcast(SPECIES, b[q + 3]), c3);
			c4 = x.fma(FloatVector.broadcast(SPECIES, b[q + 4]), c4);
			c5 = x.fma(FloatVector.broadcast(SPECIES, b[q + 5]), c5);
			c6 = x.fma(FloatVector.broadcast(SPECIES, b[q + 6]), c6);
			c7 = x.fma(FloatVector.broadcast(SPECIES, b[q + 7]), c7);
			c8 = x.fma(FloatVector.broadcast(SPECIES, b[q + 8]), c8);
			c9 = x.fma(FloatVector.broadcast(SPECIES, b[q + 9]), c9);
			c10 = x.fma(FloatVector.broadcast(SPECIES, b[q + 10]), c10);
			c11 = x.fma(FloatVector.broadcast(SPECIES, b[q + 11]), c11);
			q += Panels.COLUMNS;
		}
		c0.intoArray(c[column], at[column] + row);
		c1.intoArray(c[column + 1], at[column + 1] + row);
		c2.intoArray(c[column + 2], at[column + 2] + row);
		c3.intoArray(c[column + 3], at[column + 3] + row);
		c4.intoArray(c[column + 4], at[column + 4] + row);
		c5.intoArray(c[column + 5], at[column + 5] + row);
		c6.intoArray(c[column + 6], at[column + 6] + row);
		c7.intoArray(c[column + 7], at[column + 7] + row);
		c8.intoArray(c[column + 8], at[column + 8] + row);
		c9.intoArray(c[column + 9], at[column + 9] + row);
		c10.intoArray(c[column + 10], at[column + 10] + row);
		c11.intoArray(c[column + 11], at[column + 11] + row);
	}
	// @formatter:on

	/**
	 * Adds the row x times B to y. B comes as panels of eight vectors, [panel][k][8
	 * lanes].
	 * @param x [k]
	 * @param y [columns], and beyond it what fills up the last panel, which stays as it
	 * is
	 * @param backwards whether to begin with the last panel: where that was read last, it
	 * is still in a cache that cannot hold all of them
	 */
	static void multiplyRow(float[] x, int k, float[] b, float[] y, int columns, boolean backwards) {
		int width = Panels.VECTORS * LANES;
		int panels = (columns + width - 1) / width;
		for (int panel = 0; panel < panels; panel++) {
			int column = (backwards ? panels - 1 - panel : panel) * width;
			FloatVector c0 = FloatVector.fromArray(SPECIES, y, column);
			FloatVector c1 = FloatVector.fromArray(SPECIES, y, column + LANES);
			FloatVector c2 = FloatVector.fromArray(SPECIES, y, column + 2 * LANES);
			FloatVector c3 = FloatVector.fromArray(SPECIES, y, column + 3 * LANES);
			FloatVector c4 = FloatVector.fromArray(SPECIES, y, column + 4 * LANES);
			FloatVector c5 = FloatVector.fromArray(SPECIES, y, column + 5 * LANES);
			FloatVector c6 = FloatVector.fromArray(SPECIES, y, column + 6 * LANES);
			FloatVector c7 = FloatVector.fromArray(SPECIES, y, column + 7 * LANES);
			int q = column * k;
			for (int i = 0; i < k; i++) {
				FloatVector w = FloatVector.broadcast(SPECIES, x[i]);
				c0 = FloatVector.fromArray(SPECIES, b, q).fma(w, c0);
				c1 = FloatVector.fromArray(SPECIES, b, q + LANES).fma(w, c1);
				c2 = FloatVector.fromArray(SPECIES, b, q + 2 * LANES).fma(w, c2);
				c3 = FloatVector.fromArray(SPECIES, b, q + 3 * LANES).fma(w, c3);
				c4 = FloatVector.fromArray(SPECIES, b, q + 4 * LANES).fma(w, c4);
				c5 = FloatVector.fromArray(SPECIES, b, q + 5 * LANES).fma(w, c5);
				c6 = FloatVector.fromArray(SPECIES, b, q + 6 * LANES).fma(w, c6);
				c7 = FloatVector.fromArray(SPECIES, b, q + 7 * LANES).fma(w, c7);
				q += width;
			}
			c0.intoArray(y, column);
			c1.intoArray(y, column + LANES);
			c2.intoArray(y, column + 2 * LANES);
			c3.intoArray(y, column + 3 * LANES);
			c4.intoArray(y, column + 4 * LANES);
			c5.intoArray(y, column + 5 * LANES);
			c6.intoArray(y, column + 6 * LANES);
			c7.intoArray(y, column + 7 * LANES);
		}
	}

	/**
	 * Replaces elements by the hyperbolic tangent, as {@link Activations} does.
	 * @return how many it has done: as many as fill whole vectors
	 */
	static int tanh(float[] a, int count) {
		FloatVector p0 = FloatVector.broadcast(SPECIES, Activations.P0);
		FloatVector p1 = FloatVector.broadcast(SPECIES, Activations.P1);
		FloatVector p2 = FloatVector.broadcast(SPECIES, Activations.P2);
		FloatVector p3 = FloatVector.broadcast(SPECIES, Activations.P3);
		FloatVector p4 = FloatVector.broadcast(SPECIES, Activations.P4);
		FloatVector q1 = FloatVector.broadcast(SPECIES, Activations.Q1);
		FloatVector q2 = FloatVector.broadcast(SPECIES, Activations.Q2);
		FloatVector q3 = FloatVector.broadcast(SPECIES, Activations.Q3);
		FloatVector q4 = FloatVector.broadcast(SPECIES, Activations.Q4);
		FloatVector one = FloatVector.broadcast(SPECIES, 1f);
		FloatVector limit = FloatVector.broadcast(SPECIES, Activations.LIMIT);
		FloatVector least = FloatVector.broadcast(SPECIES, -Activations.LIMIT);
		int end = SPECIES.loopBound(count);
		for (int i = 0; i < end; i += LANES) {
			FloatVector x = FloatVector.fromArray(SPECIES, a, i).min(limit).max(least);
			FloatVector t = x.mul(x);
			FloatVector p = p4.fma(t, p3).fma(t, p2).fma(t, p1).fma(t, p0).mul(x);
			FloatVector q = q4.fma(t, q3).fma(t, q2).fma(t, q1).fma(t, one);
			p.div(q).intoArray(a, i);
		}
		return end;
	}

	/** Replaces elements by the logistic function; see {@link #tanh}. */
	static int sigmoid(float[] a, int count) {
		FloatVector p0 = FloatVector.broadcast(SPECIES, Activations.P0);
		FloatVector p1 = FloatVector.broadcast(SPECIES, Activations.P1);
		FloatVector p2 = FloatVector.broadcast(SPECIES, Activations.P2);
		FloatVector p3 = FloatVector.broadcast(SPECIES, Activations.P3);
		FloatVector p4 = FloatVector.broadcast(SPECIES, Activations.P4);
		FloatVector q1 = FloatVector.broadcast(SPECIES, Activations.Q1);
		FloatVector q2 = FloatVector.broadcast(SPECIES, Activations.Q2);
		FloatVector q3 = FloatVector.broadcast(SPECIES, Activations.Q3);
		FloatVector q4 = FloatVector.broadcast(SPECIES, Activations.Q4);
		FloatVector one = FloatVector.broadcast(SPECIES, 1f);
		FloatVector limit = FloatVector.broadcast(SPECIES, Activations.LIMIT);
		FloatVector least = FloatVector.broadcast(SPECIES, -Activations.LIMIT);
		FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
		int end = SPECIES.loopBound(count);
		for (int i = 0; i < end; i += LANES) {
			FloatVector x = FloatVector.fromArray(SPECIES, a, i).mul(half).min(limit).max(least);
			FloatVector t = x.mul(x);
			FloatVector p = p4.fma(t, p3).fma(t, p2).fma(t, p1).fma(t, p0).mul(x);
			FloatVector q = q4.fma(t, q3).fma(t, q2).fma(t, q1).fma(t, one);
			p.div(q).fma(half, half).intoArray(a, i);
		}
		return end;
	}

	/**
	 * Replaces elements by their exponentials, as {@link Activations} does.
	 * @return the first that it has not done, as the rest does not fill a vector
	 */
	static int exp(float[] a, int from, int to) {
		FloatVector least = FloatVector.broadcast(SPECIES, Activations.LEAST);
		FloatVector log2e = FloatVector.broadcast(SPECIES, Activations.LOG2_E);
		FloatVector rounding = FloatVector.broadcast(SPECIES, Activations.ROUNDING);
		FloatVector high = FloatVector.broadcast(SPECIES, -Activations.LN2_HIGH);
		FloatVector low = FloatVector.broadcast(SPECIES, -Activations.LN2_LOW);
		FloatVector e3 = FloatVector.broadcast(SPECIES, Activations.E3);
		FloatVector e4 = FloatVector.broadcast(SPECIES, Activations.E4);
		FloatVector e5 = FloatVector.broadcast(SPECIES, Activations.E5);
		FloatVector e6 = FloatVector.broadcast(SPECIES, Activations.E6);
		FloatVector e7 = FloatVector.broadcast(SPECIES, Activations.E7);
		FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
		FloatVector one = FloatVector.broadcast(SPECIES, 1f);
		int end = from + SPECIES.loopBound(to - from);
		for (int i = from; i < end; i += LANES) {
			FloatVector x = FloatVector.fromArray(SPECIES, a, i).max(least);
			// the sum's lowest bits are n
			FloatVector sum = x.fma(log2e, rounding);
			FloatVector n = sum.sub(rounding);
			FloatVector r = n.fma(low, n.fma(high, x));
			FloatVector series = e7.fma(r, e6).fma(r, e5).fma(r, e4).fma(r, e3).fma(r, half).fma(r, one).fma(r, one);
			IntVector power = sum.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
			series.mul(power.reinterpretAsFloats()).intoArray(a, i);
		}
		return end;
	}

	/**
	 * Replaces the logits of one step by probabilities.
	 * @param y from element {@code from} on [size][batch]; the batch is a multiple of the
	 * lanes
	 */
	static void softmax(float[] y, int from, int size, int batch) {
		FloatVector least = FloatVector.broadcast(SPECIES, Activations.LEAST);
		FloatVector log2e = FloatVector.broadcast(SPECIES, Activations.LOG2_E);
		FloatVector rounding = FloatVector.broadcast(SPECIES, Activations.ROUNDING);
		FloatVector high = FloatVector.broadcast(SPECIES, -Activations.LN2_HIGH);
		FloatVector low = FloatVector.broadcast(SPECIES, -Activations.LN2_LOW);
		FloatVector e3 = FloatVector.broadcast(SPECIES, Activations.E3);
		FloatVector e4 = FloatVector.broadcast(SPECIES, Activations.E4);
		FloatVector e5 = FloatVector.broadcast(SPECIES, Activations.E5);
		FloatVector e6 = FloatVector.broadcast(SPECIES, Activations.E6);
		FloatVector e7 = FloatVector.broadcast(SPECIES, Activations.E7);
		FloatVector half = FloatVector.broadcast(SPECIES, 0.5f);
		FloatVector one = FloatVector.broadcast(SPECIES, 1f);
		int end = from + size * batch;
		for (int row = from; row < from + batch; row += LANES) {
			FloatVector most = FloatVector.fromArray(SPECIES, y, row);
			for (int i = row + batch; i < end; i += batch) {
				most = most.max(FloatVector.fromArray(SPECIES, y, i));
			}
			FloatVector total = FloatVector.zero(SPECIES);
			for (int i = row; i < end; i += batch) {
				FloatVector x = FloatVector.fromArray(SPECIES, y, i).sub(most).max(least);
				// the sum's lowest bits are n
				FloatVector sum = x.fma(log2e, rounding);
				FloatVector n = sum.sub(rounding);
				FloatVector r = n.fma(low, n.fma(high, x));
				FloatVector series = e7.fma(r, e6)
					.fma(r, e5)
					.fma(r, e4)
					.fma(r, e3)
					.fma(r, half)
					.fma(r, one)
					.fma(r, one);
				IntVector power = sum.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
				FloatVector e = series.mul(power.reinterpretAsFloats());
				total = total.add(e);
				e.intoArray(y, i);
			}
			FloatVector factor = one.div(total);
			for (int i = row; i < end; i += batch) {
				FloatVector.fromArray(SPECIES, y, i).mul(factor).intoArray(y, i);
			}
		}
	}

}
