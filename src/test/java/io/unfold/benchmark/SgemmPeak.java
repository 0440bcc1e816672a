package io.unfold.benchmark;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/**
 * What the machine reaches in a large product of float matrices: the bound of all else.
 */
final class SgemmPeak {

	private static final int SIZE = 1024;

	private SgemmPeak() {
	}

	/** Floating-point operations per nanosecond, on one thread. */
	static double gigaflops() {
		openblas_nolapack.blas_set_num_threads(1);
		try (FloatPointer a = matrix(); FloatPointer b = matrix(); FloatPointer c = matrix()) {
			double seconds = Benchmark.median(
					() -> openblas_nolapack.cblas_sgemm(openblas_nolapack.CblasColMajor, openblas_nolapack.CblasNoTrans,
							openblas_nolapack.CblasNoTrans, SIZE, SIZE, SIZE, 1, a, SIZE, b, SIZE, 0, c, SIZE));
			return 2.0 * SIZE * SIZE * SIZE / seconds / 1e9;
		}
	}

	private static FloatPointer matrix() {
		FloatPointer matrix = new FloatPointer((long) SIZE * SIZE);
		for (long i = 0; i < (long) SIZE * SIZE; i++) {
			matrix.put(i, 1f / (i % 97 + 1));
		}
		return matrix;
	}

}
