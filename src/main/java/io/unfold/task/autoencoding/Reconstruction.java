package io.unfold.task.autoencoding;

import io.unfold.task.sequence.SequenceEncoder.Encoded;

/**
 * A sequence as it was reconstructed, and how far that is from what it was.
 *
 * @param sequence scaled numbers, or the likeliest tokens
 * @param error of the whole: of numbers the root mean squared error in standard
 * deviations of the training part, of tokens the mean negative log-probability in nats
 * @param stepErrors the same of each step
 */
record Reconstruction(Encoded sequence, double error, double[] stepErrors) {

	/**
	 * Numbers that were reconstructed so.
	 * @param squares mean squared error of each step
	 */
	static Reconstruction ofNumbers(Encoded sequence, double[] squares) {
		double sum = 0;
		double[] errors = new double[squares.length];
		for (int t = 0; t < squares.length; t++) {
			sum += squares[t];
			errors[t] = Math.sqrt(squares[t]);
		}
		return new Reconstruction(sequence, Math.sqrt(sum / squares.length), errors);
	}

	/**
	 * Tokens that were reconstructed so.
	 * @param logProbabilities of the true tokens
	 */
	static Reconstruction ofTokens(Encoded sequence, double[] logProbabilities) {
		double sum = 0;
		double[] errors = new double[logProbabilities.length];
		for (int t = 0; t < errors.length; t++) {
			// without a negative zero
			errors[t] = 0 - logProbabilities[t];
			sum += errors[t];
		}
		return new Reconstruction(sequence, sum / errors.length, errors);
	}

}
