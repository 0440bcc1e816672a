package io.unfold.nn.cell;

/** A dense layer for serving: y = x W + b, step by step. */
public final class Dense {

	private final Floats w;

	private final float[] b;

	private final int inputs;

	private final int outputs;

	/**
	 * @param w [inputs, outputs], column-major
	 * @param b [outputs]
	 */
	public Dense(float[] w, float[] b) {
		this.w = Floats.copyOf(w);
		this.b = b.clone();
		this.outputs = b.length;
		this.inputs = w.length / b.length;
	}

	public int outputs() {
		return this.outputs;
	}

	/**
	 * @param x [batch, inputs] at each step
	 * @param y working memory of this call, at least [batch, outputs]
	 * @param target receives the result of each step; [time][outputs][batch]
	 */
	public void apply(Steps x, int batch, int steps, Floats y, float[] target) {
		Floats weights = this.w.view(0, this.w.length());
		for (int t = 0; t < steps; t++) {
			if (batch == 1) {
				Blas.gemv(true, this.inputs, this.outputs, 1, weights, 0, this.inputs, x.memory(), x.at(t), 0, y, 0);
			}
			else {
				Blas.gemm(false, false, batch, this.outputs, this.inputs, x.memory(), x.at(t), batch, weights, 0,
						this.inputs, 0, y, 0, batch);
			}
			int from = t * this.outputs * batch;
			y.get(0, target, from, this.outputs * batch);
			for (int k = 0; k < this.outputs; k++) {
				for (int i = from + k * batch; i < from + (k + 1) * batch; i++) {
					target[i] += this.b[k];
				}
			}
		}
	}

}
