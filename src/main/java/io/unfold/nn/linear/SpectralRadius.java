package io.unfold.nn.linear;

import io.unfold.nn.NativeRuntime;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.openblas.global.openblas_nolapack;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dnrm2;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dscal;

/**
 * The spectral radius of a square matrix: the largest absolute value of its eigenvalues,
 * real or complex. It is the limit of |A^k|^(1/k) (Gelfand 1941) for k = 1, 2, 4, 8, and
 * so on, the powers by squaring, each divided by its norm. Iterating on a vector would
 * not do: the largest eigenvalues of a random matrix are mostly a complex pair, around
 * which a vector turns for ever, and the next are hardly smaller.
 *
 * <p>
 * With the norms n_i of the squares, log rho(A) = sum log(n_i) / 2^i, so that rounding,
 * too, weighs half as much with every square. An eigenvalue of a random matrix comes out
 * to 1e-10 or better after 34 products.
 */
public final class SpectralRadius {

	private static final double TOLERANCE = 1e-10;

	private static final int MOST_SQUARES = 60;

	static {
		NativeRuntime.prepare();
		openblas_nolapack.blas_set_num_threads(1);
	}

	private SpectralRadius() {
	}

	/**
	 * @param matrix [n, n], column-major or row-major
	 * @param n number of rows and columns
	 */
	public static double of(double[] matrix, int n) {
		if (matrix.length != n * n) {
			throw new IllegalArgumentException(matrix.length + " elements for a matrix of " + n + " rows and columns");
		}
		DoublePointer power = new DoublePointer(matrix);
		DoublePointer square = new DoublePointer(matrix.length);
		try {
			double logarithm = 0;
			double weight = 1;
			for (int i = 0; i < MOST_SQUARES; i++) {
				double norm = cblas_dnrm2(matrix.length, power, 1);
				if (norm == 0) {
					return 0;
				}
				logarithm += weight * Math.log(norm);
				if (i > 0 && weight * Math.max(1, Math.abs(Math.log(norm))) < TOLERANCE) {
					break;
				}
				cblas_dscal(matrix.length, 1 / norm, power, 1);
				cblas_dgemm(CblasColMajor, CblasNoTrans, CblasNoTrans, n, n, n, 1, power, n, power, n, 0, square, n);
				DoublePointer next = power;
				power = square;
				square = next;
				weight /= 2;
			}
			return Math.exp(logarithm);
		}
		finally {
			power.deallocate();
			square.deallocate();
		}
	}

}
