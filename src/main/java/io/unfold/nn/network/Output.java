package io.unfold.nn.network;

import java.util.List;

import io.unfold.nn.layer.CrossEntropy;
import io.unfold.nn.layer.GaussianLikelihood;
import io.unfold.nn.layer.Loss;
import io.unfold.nn.layer.SquaredError;

/**
 * What a network answers, and with it the loss it is trained on.
 *
 * @param kind classes: softmax; values: linear
 * @param size number of classes or values
 * @param everyStep an answer at every step, rather than one after the last
 * @param loss of that kind
 */
public record Output(Kind kind, int size, boolean everyStep, Loss loss) {

	public Output

	{
		if (loss.classes() != (kind == Kind.CLASSES)) {
			throw new IllegalArgumentException(loss + " is not a loss of " + kind);
		}
	}

	/**
	 * An output that is trained on cross-entropy, or on half the squared error.
	 */
	public Output(Kind kind, int size, boolean everyStep) {
		this(kind, size, everyStep, (kind == Kind.CLASSES) ? new CrossEntropy(0) : new SquaredError());
	}

	/**
	 * The same output with label smoothing in training; throws
	 * {@link IllegalArgumentException} where the answers are values.
	 */
	Output smoothed(double smoothing) {
		return (smoothing > 0) ? with(new CrossEntropy(smoothing, weights())) : this;
	}

	/**
	 * The same classes, whose targets weigh so much in the loss; throws
	 * {@link IllegalArgumentException} where the answers are values.
	 */
	public Output weighing(List<Double> weights) {
		return with(new CrossEntropy((this.loss instanceof CrossEntropy entropy) ? entropy.smoothing() : 0, weights));
	}

	private List<Double> weights() {
		return (this.loss instanceof CrossEntropy entropy) ? entropy.weights() : List.of();
	}

	private Output with(Loss other) {
		return new Output(this.kind, this.size, this.everyStep, other);
	}

	/**
	 * An output after the last step that answers with the means of normal distributions
	 * and with what their deviations are made of ({@link #deviation}).
	 * @param values numbers that are drawn from them
	 */
	public static Output gaussian(int values) {
		return new Output(Kind.VALUES, 2 * values, false, new GaussianLikelihood());
	}

	/** The deviation that is made of a number of a gaussian answer's second half. */
	public static double deviation(double s) {
		return GaussianLikelihood.deviation(s);
	}

	/** Numbers of a label. */
	int labels() {
		return this.loss.labels(this.size);
	}

	public enum Kind {

		CLASSES, VALUES

	}

}
