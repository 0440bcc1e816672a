package io.unfold.nn.network;

import io.unfold.nn.linear.LinearMap;

/** The mean loss per target of a readout's answers, as networks are trained on it. */
final class AnswerLoss implements ReservoirStates.Portions {

	private final Output output;

	private final LinearMap readout;

	private double sum;

	private long count;

	private int right;

	AnswerLoss(Output output, LinearMap readout) {
		this.output = output;
		this.readout = readout;
	}

	@Override
	public void accept(double[] states, double[] labels, int rows) {
		int size = this.output.size();
		double[] answers = new double[rows * size];
		this.readout.apply(states, rows, answers);
		for (int row = 0; row < rows; row++) {
			this.sum += (this.output.kind() == Output.Kind.CLASSES)
					? crossEntropy(answers, row * size, (int) labels[row]) : halfSquares(answers, labels, row * size);
		}
		this.count += rows;
	}

	private double crossEntropy(double[] logits, int from, int right) {
		int likeliest = 0;
		for (int c = 1; c < this.output.size(); c++) {
			likeliest = (logits[from + c] > logits[from + likeliest]) ? c : likeliest;
		}
		this.right += (likeliest == right) ? 1 : 0;
		double best = logits[from + likeliest];
		double sum = 0;
		for (int c = 0; c < this.output.size(); c++) {
			sum += Math.exp(logits[from + c] - best);
		}
		return Math.log(sum) + best - logits[from + right];
	}

	private double halfSquares(double[] answers, double[] labels, int from) {
		double squares = 0;
		for (int i = from; i < from + this.output.size(); i++) {
			squares += (answers[i] - labels[i]) * (answers[i] - labels[i]);
		}
		return squares / 2 / this.output.size();
	}

	/** Targets whose likeliest class was the right one; 0 where answers are values. */
	int right() {
		return this.right;
	}

	/** Not a number where there were no targets. */
	double mean() {
		return this.sum / this.count;
	}

}
