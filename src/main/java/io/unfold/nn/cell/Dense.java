package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of a dense layer in floats, y = x W + b, step by step: a batch takes a
 * product for each step, a single row forward one product for all steps. Not thread-safe.
 */
public final class Dense implements AutoCloseable {

	private final int inputs;

	private final int outputs;

	/** y, or its gradient. */
	private Floats products = Floats.allocate(0);

	private final float[] bias;

	/** The weights, packed for vectors; null where they may change. */
	private final @Nullable Panels packed;

	private final VectorColumns columns;

	private float[] input = {};

	public Dense(int inputs, int outputs) {
		this(inputs, outputs, null);
	}

	private Dense(int inputs, int outputs, @Nullable Panels packed) {
		this.inputs = inputs;
		this.outputs = outputs;
		this.bias = new float[outputs];
		this.packed = packed;
		this.columns = new VectorColumns(outputs);
	}

	/**
	 * Makes any number of layers of the same weights, which never change: what is
	 * computed of them is kept.
	 * @param w [inputs, outputs]
	 */
	public static Supplier<Dense> constant(int inputs, int outputs, Floats w) {
		Panels panels = Vectors.available() ? new Panels(inputs, outputs, Panels.COLUMNS).pack(w, 0, inputs) : null;
		return () -> new Dense(inputs, outputs, panels);
	}

	/** Steps that are best taken together. */
	public static int together(int batch, int steps) {
		return (batch == 1) ? steps : 1;
	}

	/**
	 * @param w [inputs, outputs]
	 * @param b [outputs]
	 * @param x [batch, inputs] at each step
	 * @param t the first step
	 * @param steps how many; one, unless the row is alone
	 * @param y receives the result; [steps][outputs][batch]
	 */
	public void forward(Floats w, Floats b, Steps x, int batch, int t, int steps, float[] y) {
		int size = steps * this.outputs * batch;
		b.get(0, this.bias, 0, this.outputs);
		if (this.packed != null && VectorProducts.suitsRows(batch)) {
			forwardByVectors(this.packed, x, batch, t, y);
			return;
		}
		this.products = Floats.grown(this.products, size);
		if (batch == 1 && steps == 1) {
			Blas.gemv(true, this.inputs, this.outputs, 1, w, 0, this.inputs, x.memory(), x.at(t), 0, this.products, 0);
		}
		else if (batch == 1) {
			Blas.gemm(true, false, this.outputs, steps, this.inputs, w, 0, this.inputs, x.memory(), x.at(t),
					Math.toIntExact(x.stride()), 0, this.products, 0, this.outputs);
		}
		else {
			Blas.gemm(false, false, batch, this.outputs, this.inputs, x.memory(), x.at(t), batch, w, 0, this.inputs, 0,
					this.products, 0, batch);
		}
		this.products.get(0, y, 0, size);
		for (int from = 0; from < size; from += this.outputs * batch) {
			for (int k = 0; k < this.outputs; k++) {
				float value = this.bias[k];
				for (int i = from + k * batch; i < from + (k + 1) * batch; i++) {
					y[i] += value;
				}
			}
		}
	}

	private void forwardByVectors(Panels weights, Steps x, int batch, int t, float[] y) {
		if (this.input.length != this.inputs * batch) {
			this.input = new float[this.inputs * batch];
		}
		x.memory().get(x.at(t), this.input, 0, this.input.length);
		for (int k = 0; k < this.outputs; k++) {
			Arrays.fill(y, k * batch, (k + 1) * batch, this.bias[k]);
		}
		this.columns.of(y, this.outputs, batch).add(this.input, this.inputs, weights.data());
	}

	/**
	 * The gradients of {@link #forward} with the same arguments, of one step.
	 * @param dy gradient of y; [outputs][batch]
	 * @param dW that of w is added to it
	 * @param db that of b is added to it; [outputs]
	 * @param dx receives that of x
	 */
	public void backward(Floats w, Steps x, int batch, int t, float[] dy, Floats dW, float[] db, Steps dx) {
		int size = this.outputs * batch;
		this.products = Floats.grown(this.products, size);
		this.products.put(0, dy, 0, size);
		Blas.gemm(true, false, this.inputs, this.outputs, batch, x.memory(), x.at(t), batch, this.products, 0, batch, 1,
				dW, 0, this.inputs);
		Blas.gemm(false, true, batch, this.inputs, this.outputs, this.products, 0, batch, w, 0, this.inputs, 0,
				dx.memory(), dx.at(t), batch);
		for (int k = 0; k < this.outputs; k++) {
			float sum = 0;
			for (int i = k * batch; i < (k + 1) * batch; i++) {
				sum += dy[i];
			}
			db[k] += sum;
		}
	}

	@Override
	public void close() {
		this.products.close();
		this.products = Floats.allocate(0);
	}

}
