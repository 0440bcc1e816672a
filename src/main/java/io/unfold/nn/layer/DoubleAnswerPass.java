package io.unfold.nn.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An output layer on DL4J's activations and loss functions, in double precision. */
final class DoubleAnswerPass implements AnswerPass {

	private final AnswerConf conf;

	DoubleAnswerPass(AnswerConf conf) {
		this.conf = conf;
	}

	@Override
	public void forward(Parameters parameters, INDArray x, float @Nullable [] mask, INDArray out) {
		INDArray y = this.conf.getActivationFn().getActivation(sums(parameters, x), false);
		if (mask != null) {
			y.muliColumnVector(column(mask));
		}
		fromRows(y, out);
	}

	@Override
	public double loss(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask) {
		return this.conf.getLossFn()
			.computeScore(targets(labels), sums(parameters, x), this.conf.getActivationFn(), column(mask), false);
	}

	@Override
	public double backward(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask,
			Parameters gradients, INDArray dx) {
		INDArray delta = this.conf.getLossFn()
			.computeGradient(targets(labels), sums(parameters, x), this.conf.getActivationFn(), column(mask));
		gradients.w().assign(rows(x).transpose().mmul(delta));
		gradients.b().assign(delta.sum(0));
		fromRows(delta.mmul(parameters.w().transpose()), dx);
		return loss(parameters, x, labels, mask);
	}

	private INDArray sums(Parameters parameters, INDArray x) {
		return rows(x).mmul(parameters.w()).addRowVector(parameters.b());
	}

	/** [batch, features, time] as [time * batch, features]. */
	private static INDArray rows(INDArray array) {
		if (array.rank() == 2) {
			return array.dup('f');
		}
		return array.permute(0, 2, 1).dup('f').reshape('f', array.size(0) * array.size(2), array.size(1));
	}

	private static void fromRows(INDArray rows, INDArray target) {
		if (target.rank() == 2) {
			target.assign(rows);
		}
		else {
			target.assign(rows.dup('f').reshape('f', target.size(0), target.size(2), target.size(1)).permute(0, 2, 1));
		}
	}

	/** Labels as rows; classes as one of {@code nOut} ones. */
	private INDArray targets(INDArray labels) {
		INDArray rows = rows(labels);
		if (!this.conf.classes()) {
			return rows;
		}
		INDArray ones = Nd4j.create(DataType.DOUBLE, rows.size(0), this.conf.getNOut());
		for (int i = 0; i < rows.size(0); i++) {
			ones.putScalar(i, rows.getInt(i, 0), 1);
		}
		return ones;
	}

	private static @Nullable INDArray column(float @Nullable [] mask) {
		return (mask != null) ? Nd4j.create(mask, new long[] { mask.length, 1 }, 'f').castTo(DataType.DOUBLE) : null;
	}

}
