package io.unfold.nn.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** An output layer in double precision. */
final class DoubleAnswerPass implements AnswerPass {

	private final AnswerConf conf;

	DoubleAnswerPass(AnswerConf conf) {
		this.conf = conf;
	}

	@Override
	public void forward(Parameters parameters, INDArray x, float @Nullable [] mask, INDArray out) {
		INDArray y = this.conf.getActivationFn().getActivation(sums(parameters, x), false);
		INDArray weights = column(mask);
		if (weights != null) {
			y.muliColumnVector(weights.neq(0).castTo(DataType.DOUBLE));
		}
		fromRows(y, out);
	}

	@Override
	public void likeliest(Parameters parameters, INDArray x, float @Nullable [] mask, INDArray out) {
		INDArray classes = Nd4j.argMax(sums(parameters, x), 1).castTo(DataType.DOUBLE);
		INDArray column = classes.reshape(classes.length(), 1);
		INDArray weights = column(mask);
		if (weights != null) {
			column.muliColumnVector(weights.neq(0).castTo(DataType.DOUBLE));
		}
		fromRows(column, out);
	}

	@Override
	public Judgement judge(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask,
			boolean training) {
		INDArray sums = sums(parameters, x);
		INDArray rows = rows(labels);
		INDArray weights = column(mask);
		int right = 0;
		if (this.conf.loss().classes()) {
			INDArray classes = Nd4j.argMax(sums, 1);
			for (int row = 0; row < rows.size(0); row++) {
				boolean counts = weights == null || weights.getDouble(row, 0) != 0;
				right += (counts && classes.getInt(row) == rows.getInt(row, 0)) ? 1 : 0;
			}
		}
		return new Judgement(this.conf.loss().compare(sums, rows, weights, null, training), right);
	}

	@Override
	public double backward(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask,
			Parameters gradients, INDArray dx) {
		INDArray sums = sums(parameters, x);
		INDArray delta = Nd4j.create(DataType.DOUBLE, sums.shape());
		double loss = this.conf.loss().compare(sums, rows(labels), column(mask), delta, true);
		gradients.w().addi(rows(x).transpose().mmul(delta));
		gradients.b().assign(delta.sum(0));
		fromRows(delta.mmul(parameters.w().transpose()), dx);
		return loss;
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

	private static @Nullable INDArray column(float @Nullable [] mask) {
		return (mask != null) ? Nd4j.create(mask, new long[] { mask.length, 1 }, 'f').castTo(DataType.DOUBLE) : null;
	}

}
