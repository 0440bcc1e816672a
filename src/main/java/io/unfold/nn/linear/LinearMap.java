package io.unfold.nn.linear;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;

/**
 * y = x B + b in double precision.
 *
 * @param weights B, [inputs, outputs], column-major
 * @param biases b, [outputs]
 */
public record LinearMap(double[] weights, double[] biases) {

	/** Number of inputs. */
	public int inputs() {
		return this.weights.length / this.biases.length;
	}

	/** Number of outputs. */
	public int outputs() {
		return this.biases.length;
	}

	/** The same, its answers multiplied. */
	public LinearMap times(double factor) {
		return new LinearMap(times(this.weights, factor), times(this.biases, factor));
	}

	private static double[] times(double[] values, double factor) {
		double[] multiplied = values.clone();
		for (int i = 0; i < multiplied.length; i++) {
			multiplied[i] *= factor;
		}
		return multiplied;
	}

	/**
	 * @param x [rows][inputs]
	 * @param y receives the answers; [rows][outputs]
	 */
	public void apply(double[] x, int rows, double[] y) {
		for (int row = 0; row < rows; row++) {
			System.arraycopy(this.biases, 0, y, row * outputs(), outputs());
		}
		cblas_dgemm(CblasColMajor, CblasTrans, CblasNoTrans, outputs(), rows, inputs(), 1, this.weights, inputs(), x,
				inputs(), 1, y, outputs());
	}

}
