package io.unfold.nn.layer;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The arithmetic of an output layer and its loss; arrays in 'f' order. */
interface AnswerPass {

	/**
	 * @param w [inputs, outputs]
	 * @param b [outputs]
	 */
	record Parameters(INDArray w, INDArray b) {
	}

	/**
	 * @param x [batch, inputs, time] or [batch, inputs]
	 * @param mask not 0 where a row has a step, [time][batch]; null: everywhere
	 * @param out receives the answers, zeros where a row has no step
	 */
	void forward(Parameters parameters, INDArray x, float @Nullable [] mask, INDArray out);

	/**
	 * The likeliest class of each step.
	 * @param mask as above
	 * @param out receives the numbers of the classes, 0 where a row has no step; [batch,
	 * 1, time] or [batch, 1]
	 */
	void likeliest(Parameters parameters, INDArray x, float @Nullable [] mask, INDArray out);

	/**
	 * How good the answers of the steps are.
	 * @param mask what each row's step weighs, 0 where it has none, [time][batch]; null:
	 * 1 everywhere
	 * @param training as in {@link Loss#compare}
	 */
	Judgement judge(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask, boolean training);

	/**
	 * The gradients of the loss in training.
	 * @param gradients receives those of the parameters; that of w is added to what is
	 * there
	 * @param dx receives that of x
	 * @return the loss
	 */
	double backward(Parameters parameters, INDArray x, INDArray labels, float @Nullable [] mask, Parameters gradients,
			INDArray dx);

}
