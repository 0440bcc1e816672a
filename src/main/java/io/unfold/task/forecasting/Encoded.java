package io.unfold.task.forecasting;

import java.util.Arrays;

/**
 * A series as the network sees it.
 *
 * @param answers what it should answer with, and reads a step later: the targets, with
 * differences taken and scaled, and the past covariates; [time - lost][answers]
 * @param known what is known of each row ahead; [time][known]
 * @param lost rows that the differencing takes
 */
record Encoded(float[][] answers, float[][] known, int lost) {

	/**
	 * What the network reads at the step after which it forecasts a row: the row before
	 * it, and what is known of the row ahead.
	 * @param row the row that is forecast
	 * @param index that of a number in it
	 */
	float input(int row, int index) {
		int answers = this.answers[0].length;
		return (index < answers) ? this.answers[row - 1 - this.lost][index] : this.known[row][index - answers];
	}

	/**
	 * The same series, of which more is known ahead.
	 * @param more [rows][known]
	 */
	Encoded ahead(float[][] more) {
		float[][] all = Arrays.copyOf(this.known, this.known.length + more.length);
		System.arraycopy(more, 0, all, this.known.length, more.length);
		return new Encoded(this.answers, all, this.lost);
	}

	/** What the network should answer of a row; [answers]. */
	float[] answer(int row) {
		return this.answers[row - this.lost];
	}

}
