package io.unfold.nn.layer;

import java.util.Arrays;

import io.unfold.nn.cell.Dense;
import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Softmax;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An output layer and its loss on the kernels. The rows' steps that count, and no others,
 * are taken together in portions, as rows of one large product: with many classes the
 * weights and their gradients are too large to be read and written anew for every step.
 */
final class FloatAnswerPass implements AnswerPass {

	private final Dense dense;

	private final Softmax softmax = new Softmax();

	private final AnswerRows rows;

	private final int outputs;

	private final Loss loss;

	/** Answers of a portion, then their gradients; [outputs][rows]. */
	private float[] y = {};

	FloatAnswerPass(AnswerConf conf) {
		this.outputs = (int) conf.getNOut();
		this.loss = conf.loss();
		this.dense = new Dense((int) conf.getNIn(), this.outputs);
		this.rows = new AnswerRows((int) conf.getNIn(), this.outputs, this.loss.labels(this.outputs));
	}

	@Override
	public void forward(Parameters parameters, INDArray x, float @Nullable [] mask, INDArray out) {
		this.rows.begin(x, null, mask);
		while (this.rows.next()) {
			answer(parameters);
			if (this.loss.classes()) {
				this.softmax.probabilities(this.y, 1, this.outputs, this.rows.count());
			}
			this.rows.scatter(this.y, this.outputs, NativeArrays.floats(out));
		}
	}

	@Override
	public void likeliest(Parameters parameters, INDArray x, float @Nullable [] mask, INDArray out) {
		this.rows.begin(x, null, mask);
		while (this.rows.next()) {
			answer(parameters);
			this.rows.scatter(likeliest(), 1, NativeArrays.floats(out));
		}
	}

	/** Of the portion's rows, of equally likely classes the first. */
	private float[] likeliest() {
		int count = this.rows.count();
		float[] best = Arrays.copyOf(this.y, count);
		float[] classes = new float[count];
		for (int k = 1; k < this.outputs; k++) {
			for (int row = 0; row < count; row++) {
				if (this.y[k * count + row] > best[row]) {
					best[row] = this.y[k * count + row];
					classes[row] = k;
				}
			}
		}
		return classes;
	}

	@Override
	public Judgement judge(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask,
			boolean training) {
		this.rows.begin(x, labels, mask);
		Judgement judgement = Judgement.NONE;
		while (this.rows.next()) {
			answer(parameters);
			int right = this.loss.classes() ? right() : 0;
			judgement = judgement.and(new Judgement(compare(training), right));
		}
		return judgement;
	}

	private int right() {
		float[] classes = likeliest();
		int right = 0;
		for (int row = 0; row < this.rows.count(); row++) {
			right += (this.rows.weights()[row] != 0 && classes[row] == this.rows.labels()[row]) ? 1 : 0;
		}
		return right;
	}

	@Override
	public double backward(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask,
			Parameters gradients, INDArray dx) {
		this.rows.begin(x, labels, mask);
		Floats dW = NativeArrays.floats(gradients.w());
		float[] db = new float[this.outputs];
		int inputs = (int) x.size(1);
		double loss = 0;
		while (this.rows.next()) {
			int count = this.rows.count();
			if (count > 0) {
				answer(parameters);
				loss += compare(true);
				// x is not needed any more: its gradient takes its place
				this.dense.backward(NativeArrays.floats(parameters.w()), this.rows.x(), count, 0, this.y, dW, db,
						this.rows.x());
			}
			this.rows.scatter(this.rows.vectors(), inputs, NativeArrays.floats(dx));
		}
		NativeArrays.floats(gradients.b()).put(0, db, 0, this.outputs);
		return loss;
	}

	private void answer(Parameters parameters) {
		int count = this.rows.count();
		if (this.y.length < this.outputs * count) {
			this.y = new float[this.outputs * count];
		}
		if (count > 0) {
			this.dense.forward(NativeArrays.floats(parameters.w()), NativeArrays.floats(parameters.b()), this.rows.x(),
					count, 0, 1, this.y);
		}
	}

	private double compare(boolean training) {
		return this.loss.compare(this.y, this.outputs, this.rows.count(), this.rows.labels(), this.rows.weights(),
				this.softmax, training);
	}

}
