package io.unfold.nn.network;

import java.util.function.Supplier;

import io.unfold.nn.cell.Dense;
import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Steps;

/** A dense layer for serving: immutable parameters. */
final class TwinDense {

	private final Floats w;

	private final Floats b;

	private final Supplier<Dense> layers;

	private final int outputs;

	TwinDense(String name, Tensors tensors) {
		this(tensors.get(name + ".W"), tensors.get(name + ".b").values());
	}

	private TwinDense(Tensor weights, float[] b) {
		this.outputs = weights.shape()[1];
		this.w = Floats.copyOf(weights.values());
		this.layers = Dense.constant(weights.shape()[0], this.outputs, this.w);
		this.b = Floats.copyOf(b);
	}

	/**
	 * A layer whose weights are the vectors of tokens.
	 * @param vectors [inputs, outputs]
	 */
	static TwinDense tied(Tensor vectors, Tensor bias) {
		return new TwinDense(vectors, bias.values());
	}

	/** A product with a matrix, and no more. */
	static TwinDense product(Tensor weights) {
		return new TwinDense(weights, new float[weights.shape()[1]]);
	}

	int outputs() {
		return this.outputs;
	}

	Worker worker() {
		return new Worker();
	}

	/** Applies the layer, for one call at a time. */
	final class Worker {

		private final Dense dense = TwinDense.this.layers.get();

		/** Views of its own: two threads must not share one. */
		private final Floats w = TwinDense.this.w.view(0, TwinDense.this.w.length());

		private final Floats b = TwinDense.this.b.view(0, TwinDense.this.b.length());

		private Floats input = Floats.allocate(0);

		/** x W + b; [time][outputs][batch]. */
		float[] apply(Steps x, int batch, int steps) {
			int size = TwinDense.this.outputs * batch;
			float[] y = new float[steps * size];
			if (Dense.together(batch, steps) == steps) {
				this.dense.forward(this.w, this.b, x, batch, 0, steps, y);
				return y;
			}
			float[] step = new float[size];
			for (int t = 0; t < steps; t++) {
				this.dense.forward(this.w, this.b, x, batch, t, 1, step);
				System.arraycopy(step, 0, y, t * size, size);
			}
			return y;
		}

		/** The same for a single step, [inputs][batch]. */
		float[] apply(float[] x, int batch) {
			this.input = Floats.grown(this.input, x.length);
			this.input.put(0, x, 0, x.length);
			return apply(new Steps(this.input, 0, x.length), batch, 1);
		}

	}

}
