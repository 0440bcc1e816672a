package io.unfold.nn.linear;

import java.util.Optional;

/**
 * A symmetric positive definite matrix A as L L', with L lower triangular (Cholesky). It
 * is ours, in Java, because OpenBLAS 0.3.19 gets it wrong on its AVX-512 kernels, as it
 * does all that solves with or multiplies by triangles.
 */
final class Cholesky {

	private static final double ROUNDING = 16;

	/** Columns of L, each from its diagonal down. */
	private final double[][] columns;

	private Cholesky(double[][] columns) {
		this.columns = columns;
	}

	/**
	 * Empty where A is not positive definite, or where it could be rounding that makes it
	 * so: where of an element of the diagonal no more than rounding is left.
	 * @param columns of A, each from its diagonal down; they become those of L
	 */
	static Optional<Cholesky> of(double[][] columns) {
		int n = columns.length;
		double[] least = new double[n];
		for (int k = 0; k < n; k++) {
			least[k] = ROUNDING * n * Math.ulp(columns[k][0]);
		}
		for (int k = 0; k < n; k++) {
			double[] column = columns[k];
			// so written that what is not a number is refused too
			if (!(column[0] > least[k])) {
				return Optional.empty();
			}
			scale(column, 1 / Math.sqrt(column[0]));
			for (int j = k + 1; j < n; j++) {
				subtract(columns[j], column[j - k], column, j - k);
			}
		}
		return Optional.of(new Cholesky(columns));
	}

	private static void scale(double[] column, double factor) {
		for (int i = 0; i < column.length; i++) {
			column[i] *= factor;
		}
	}

	/**
	 * Subtracts from {@code to} a multiple of {@code column}'s elements from an offset
	 * on.
	 */
	private static void subtract(double[] to, double factor, double[] column, int offset) {
		for (int i = 0; i < to.length; i++) {
			to[i] -= factor * column[i + offset];
		}
	}

	/**
	 * Solves A x = b: L z = b, then L' x = z.
	 * @param b becomes x
	 * @param from where it begins
	 */
	void solve(double[] b, int from) {
		int n = this.columns.length;
		for (int k = 0; k < n; k++) {
			double[] column = this.columns[k];
			b[from + k] /= column[0];
			for (int i = 1; i < column.length; i++) {
				b[from + k + i] -= column[i] * b[from + k];
			}
		}
		for (int k = n - 1; k >= 0; k--) {
			double[] column = this.columns[k];
			for (int i = 1; i < column.length; i++) {
				b[from + k] -= column[i] * b[from + k + i];
			}
			b[from + k] /= column[0];
		}
	}

}
