package io.unfold.nn.layer;

import io.unfold.nn.cell.Dense;
import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Softmax;
import io.unfold.nn.cell.Steps;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** An output layer and its loss on the kernels, step by step. */
final class FloatAnswerPass implements AnswerPass {

	private final Dense dense;

	private final Softmax softmax = new Softmax();

	private final int outputs;

	private final Loss loss;

	/** Answers of the steps that are taken together, then their gradients. */
	private float[] y = {};

	/** Labels of those steps. */
	private float[] labels = {};

	FloatAnswerPass(AnswerConf conf) {
		this.dense = new Dense((int) conf.getNIn(), (int) conf.getNOut());
		this.outputs = (int) conf.getNOut();
		this.loss = conf.loss();
	}

	@Override
	public void forward(Parameters parameters, INDArray x, float @Nullable [] mask, INDArray out) {
		Pass pass = new Pass(parameters, x);
		Floats to = NativeArrays.floats(out);
		for (int t = 0; t < pass.steps; t += pass.together) {
			pass.answer(t);
			for (int s = 0; s < pass.together; s++) {
				hide(mask, pass.batch, t + s, s);
			}
			to.put((long) t * pass.size, this.y, 0, pass.together * pass.size);
		}
	}

	@Override
	public double loss(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask, boolean training) {
		Pass pass = new Pass(parameters, x);
		double loss = 0;
		for (int t = 0; t < pass.steps; t += pass.together) {
			pass.answer(t);
			loss += pass.compare(labels, mask, t, training);
		}
		return loss;
	}

	@Override
	public double backward(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask,
			Parameters gradients, INDArray dx) {
		Pass pass = new Pass(parameters, x);
		Floats dW = NativeArrays.floats(gradients.w());
		dW.clear(0, dW.length());
		float[] db = new float[this.outputs];
		Steps back = steps(dx);
		double loss = 0;
		for (int t = 0; t < pass.steps; t += pass.together) {
			pass.answer(t);
			loss += pass.compare(labels, mask, t, true);
			this.dense.backward(pass.w, pass.x, pass.batch, t, pass.together, this.y, dW, db, back);
		}
		NativeArrays.floats(gradients.b()).put(0, db, 0, this.outputs);
		return loss;
	}

	/** Zeros for the rows that do not have step {@code t}, which is at {@code s} in y. */
	private void hide(float @Nullable [] mask, int batch, int t, int s) {
		for (int row = 0; mask != null && row < batch; row++) {
			if (mask[t * batch + row] == 0) {
				for (int k = 0; k < this.outputs; k++) {
					this.y[(s * this.outputs + k) * batch + row] = 0;
				}
			}
		}
	}

	private static Steps steps(INDArray array) {
		return new Steps(NativeArrays.floats(array), 0, array.size(0) * array.size(1));
	}

	/** One pass over a batch. */
	private final class Pass {

		private final Floats w;

		private final Floats b;

		private final Steps x;

		private final int batch;

		private final int steps;

		/** Steps that are taken together. */
		private final int together;

		/** Answers of a step. */
		private final int size;

		Pass(Parameters parameters, INDArray x) {
			this.w = NativeArrays.floats(parameters.w());
			this.b = NativeArrays.floats(parameters.b());
			this.x = steps(x);
			this.batch = (int) x.size(0);
			this.steps = (x.rank() == 3) ? (int) x.size(2) : 1;
			this.together = Dense.together(this.batch, this.steps);
			this.size = FloatAnswerPass.this.outputs * this.batch;
			if (FloatAnswerPass.this.y.length < this.together * this.size) {
				FloatAnswerPass.this.y = new float[this.together * this.size];
				FloatAnswerPass.this.labels = new float[this.together * this.size];
			}
		}

		/** The answers of the steps from {@code t} on, to y. */
		void answer(int t) {
			float[] y = FloatAnswerPass.this.y;
			FloatAnswerPass.this.dense.forward(this.w, this.b, this.x, this.batch, t, this.together, y);
			if (FloatAnswerPass.this.loss.classes()) {
				FloatAnswerPass.this.softmax.probabilities(y, this.together, FloatAnswerPass.this.outputs, this.batch);
			}
		}

		/** The loss of the answers in y, which become their gradients. */
		double compare(INDArray labels, float @Nullable [] mask, int t, boolean training) {
			Loss loss = FloatAnswerPass.this.loss;
			int each = loss.labels(FloatAnswerPass.this.outputs) * this.batch;
			Floats from = NativeArrays.floats(labels);
			from.get((long) t * each, FloatAnswerPass.this.labels, 0, this.together * each);
			double sum = 0;
			for (int s = 0; s < this.together; s++) {
				for (int row = 0; row < this.batch; row++) {
					float weight = (mask != null) ? mask[(t + s) * this.batch + row] : 1;
					if (weight != 0) {
						int at = s * this.size + row;
						sum += weight * loss.compare(FloatAnswerPass.this.y, at, this.batch,
								FloatAnswerPass.this.outputs, FloatAnswerPass.this.labels, s * each + row, training);
						weigh(at, weight);
					}
				}
				hide(mask, this.batch, t + s, s);
			}
			return sum;
		}

		private void weigh(int at, float weight) {
			for (int k = 0; weight != 1 && k < FloatAnswerPass.this.outputs; k++) {
				FloatAnswerPass.this.y[at + k * this.batch] *= weight;
			}
		}

	}

}
