package io.unfold.nn.linear;

import java.util.Arrays;
import java.util.Optional;

import io.unfold.nn.NativeRuntime;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;

import static org.bytedeco.openblas.global.openblas_nolapack.CblasColMajor;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasLower;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.CblasTrans;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas_nolapack.cblas_dsyrk;

/**
 * Ridge regression in closed form over a stream of examples (Hoerl and Kennard 1970,
 * doi:10.1080/00401706.1970.10488634): the B and b with the least sum of |y - x B - b|^2
 * + ridge |B|^2; b is not penalised. Of the examples only sums are kept: X'X, X'Y, and
 * those of x, y and y^2. With X and Y centred, (X'X + ridge I) B = X'Y, which is solved
 * by {@link Cholesky}, and b = mean(y) - mean(x) B. Not thread-safe.
 */
public final class RidgeRegression implements AutoCloseable {

	static {
		NativeRuntime.prepare();
		openblas_nolapack.blas_set_num_threads(1);
	}

	private final int inputs;

	private final int outputs;

	/** X'X, the lower triangle; [inputs, inputs], column-major. */
	private final DoublePointer gram;

	/** X'Y; [inputs, outputs], column-major. */
	private final DoublePointer cross;

	private DoublePointer x = new DoublePointer(0);

	private DoublePointer y = new DoublePointer(0);

	private final double[] sumX;

	private final double[] sumY;

	/** Sum of all y^2. */
	private double squares;

	private long count;

	public RidgeRegression(int inputs, int outputs) {
		this.inputs = inputs;
		this.outputs = outputs;
		this.gram = zeros((long) inputs * inputs);
		this.cross = zeros((long) inputs * outputs);
		this.sumX = new double[inputs];
		this.sumY = new double[outputs];
	}

	private static DoublePointer zeros(long length) {
		DoublePointer pointer = new DoublePointer(length);
		Pointer.memset(pointer, 0, length * Double.BYTES);
		return pointer;
	}

	/** Memory of a regression on that many inputs while it is solved, in bytes. */
	public static long bytes(long inputs, long outputs) {
		return 2 * Double.BYTES * inputs * (inputs + outputs);
	}

	/** Number of examples so far. */
	public long count() {
		return this.count;
	}

	/**
	 * Takes in some examples.
	 * @param newX [rows][inputs]
	 * @param newY [rows][outputs]
	 */
	public void add(double[] newX, double[] newY, int rows) {
		addTo(this.sumX, newX, rows);
		addTo(this.sumY, newY, rows);
		for (int i = 0; i < rows * this.outputs; i++) {
			this.squares += newY[i] * newY[i];
		}
		this.count += rows;
		this.x = put(this.x, newX, rows * this.inputs);
		this.y = put(this.y, newY, rows * this.outputs);
		cblas_dsyrk(CblasColMajor, CblasLower, CblasNoTrans, this.inputs, rows, 1, this.x, this.inputs, 1, this.gram,
				this.inputs);
		cblas_dgemm(CblasColMajor, CblasNoTrans, CblasTrans, this.inputs, this.outputs, rows, 1, this.x, this.inputs,
				this.y, this.outputs, 1, this.cross, this.inputs);
	}

	private static void addTo(double[] sums, double[] rows, int count) {
		for (int row = 0; row < count; row++) {
			for (int i = 0; i < sums.length; i++) {
				sums[i] += rows[row * sums.length + i];
			}
		}
	}

	/** Whether all examples so far were numbers. */
	public boolean isFinite() {
		return Double.isFinite(this.squares) && Double.isFinite(Arrays.stream(this.sumX).sum());
	}

	private static DoublePointer put(DoublePointer memory, double[] values, int count) {
		DoublePointer room = memory;
		if (memory.capacity() < count) {
			memory.deallocate();
			room = new DoublePointer(count);
		}
		room.put(values, 0, count);
		return room;
	}

	/**
	 * The solution for the examples so far, of which there must be one; empty where the
	 * ridge is so small that X'X + ridge I is not positive definite, to double precision.
	 */
	public Optional<Solution> solve(double ridge) {
		if (this.count == 0) {
			throw new IllegalStateException("there is no example");
		}
		return Cholesky.of(centredGram(ridge)).map((factor) -> {
			double[] centredCross = centredCross();
			double[] b = centredCross.clone();
			for (int k = 0; k < this.outputs; k++) {
				factor.solve(b, k * this.inputs);
			}
			return solution(b, centredCross, ridge);
		});
	}

	/**
	 * X'X of the centred x, plus the ridge; columns of the lower triangle.
	 */
	private double[][] centredGram(double ridge) {
		double[][] columns = new double[this.inputs][];
		for (int j = 0; j < this.inputs; j++) {
			double[] column = new double[this.inputs - j];
			this.gram.position((long) j * this.inputs + j).get(column);
			double mean = this.sumX[j] / this.count;
			for (int i = 0; i < column.length; i++) {
				column[i] -= this.sumX[j + i] * mean;
			}
			column[0] += ridge;
			columns[j] = column;
		}
		this.gram.position(0);
		return columns;
	}

	/** X'Y of the centred x and y. */
	private double[] centredCross() {
		double[] centred = new double[this.inputs * this.outputs];
		this.cross.get(centred);
		for (int k = 0; k < this.outputs; k++) {
			double mean = this.sumY[k] / this.count;
			for (int i = 0; i < this.inputs; i++) {
				centred[k * this.inputs + i] -= this.sumX[i] * mean;
			}
		}
		return centred;
	}

	/**
	 * From (X'X + ridge I) B = X'Y the sum of squared errors is Y'Y - B'X'Y - ridge B'B.
	 */
	private Solution solution(double[] b, double[] centredCross, double ridge) {
		double[] biases = new double[this.outputs];
		double error = this.squares;
		for (int k = 0; k < this.outputs; k++) {
			double predicted = 0;
			for (int i = 0; i < this.inputs; i++) {
				int index = k * this.inputs + i;
				predicted += this.sumX[i] * b[index];
				error -= b[index] * (centredCross[index] + ridge * b[index]);
			}
			biases[k] = (this.sumY[k] - predicted) / this.count;
			error -= this.sumY[k] * this.sumY[k] / this.count;
		}
		return new Solution(new LinearMap(b, biases), Math.max(0, error) / this.count);
	}

	@Override
	public void close() {
		this.gram.deallocate();
		this.cross.deallocate();
		this.x.deallocate();
		this.y.deallocate();
	}

	/**
	 * @param map from x to y
	 * @param meanSquaredError mean of |y - x B - b|^2 over the examples
	 */
	public record Solution(LinearMap map, double meanSquaredError) {
	}

}
