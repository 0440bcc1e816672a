package io.unfold.nn.cell;

import io.unfold.nn.NativeRuntime;
import org.bytedeco.openblas.global.openblas_nolapack;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_sgemv;

/**
 * Products of column-major matrices in native memory, on one thread. The operands of one
 * call are different {@link Floats}, if only views of the same memory.
 */
final class Blas {

	/** Floats of a cache line. */
	private static final int LINE = 16;

	static {
		NativeRuntime.prepare();
		openblas_nolapack.blas_set_num_threads(1);
	}

	private Blas() {
	}

	/**
	 * C = op(A) op(B) + beta C, where op(A) is [m, k], op(B) [k, n] and C [m, n].
	 * @param transA whether op(A) is A transposed
	 * @param transB whether op(B) is B transposed
	 */
	static void gemm(boolean transA, boolean transB, int m, int n, int k, Floats a, long offsetA, int strideA, Floats b,
			long offsetB, int strideB, float beta, Floats c, long offsetC, int strideC) {
		cblas_sgemm(CblasColMajor, transA ? CblasTrans : CblasNoTrans, transB ? CblasTrans : CblasNoTrans, m, n, k, 1f,
				a.at(offsetA), strideA, b.at(offsetB), strideB, beta, c.at(offsetC), strideC);
	}

	/**
	 * y = alpha op(A) x + beta y, where A is [m, n].
	 * @param trans whether op(A) is A transposed
	 */
	static void gemv(boolean trans, int m, int n, float alpha, Floats a, long offsetA, int strideA, Floats x,
			long offsetX, float beta, Floats y, long offsetY) {
		cblas_sgemv(CblasColMajor, trans ? CblasTrans : CblasNoTrans, m, n, alpha, a.at(offsetA), strideA,
				x.at(offsetX), 1, beta, y.at(offsetY), 1);
	}

	/** B = A transposed, where A is [m, n]; both without gaps. */
	static void transpose(int m, int n, Floats a, Floats b) {
		float[] line = new float[LINE];
		float[][] rows = new float[LINE][n];
		for (int from = 0; from < m; from += LINE) {
			int count = Math.min(LINE, m - from);
			for (int column = 0; column < n; column++) {
				a.get((long) column * m + from, line, 0, count);
				for (int row = 0; row < count; row++) {
					rows[row][column] = line[row];
				}
			}
			for (int row = 0; row < count; row++) {
				b.put((long) (from + row) * n, rows[row], 0, n);
			}
		}
	}

}
