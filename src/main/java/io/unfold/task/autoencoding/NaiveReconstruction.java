package io.unfold.task.autoencoding;

import java.util.List;

import io.unfold.task.sequence.NumberEncoder;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.TokenEncoder;

/**
 * Reconstruction that knows nothing of a sequence: each step is the training part's mean,
 * or its most frequent token, with the probabilities that tokens have there (one more of
 * each, so that none is 0).
 */
final class NaiveReconstruction {

	private final double[] logProbabilities;

	private final int mostFrequent;

	/**
	 * @param tokens number of different tokens; 0 where steps are numbers
	 */
	NaiveReconstruction(List<Encoded> training, int tokens) {
		double[] counts = new double[tokens];
		double sum = tokens;
		int best = 0;
		for (Encoded sequence : training) {
			if (sequence instanceof TokenEncoder.Ids ids) {
				for (int id : ids.ids()) {
					counts[id]++;
					sum++;
					best = (counts[id] > counts[best]) ? id : best;
				}
			}
		}
		for (int id = 0; id < tokens; id++) {
			counts[id] = Math.log((counts[id] + 1) / sum);
		}
		this.logProbabilities = counts;
		this.mostFrequent = best;
	}

	Reconstruction of(Encoded sequence) {
		return (sequence instanceof NumberEncoder.Numbers numbers) ? mean(numbers.values())
				: mostFrequent(((TokenEncoder.Ids) sequence).ids());
	}

	private static Reconstruction mean(float[][] truth) {
		double[] squares = new double[truth.length];
		for (int t = 0; t < truth.length; t++) {
			for (float value : truth[t]) {
				squares[t] += (double) value * value / truth[t].length;
			}
		}
		return Reconstruction.ofNumbers(new NumberEncoder.Numbers(new float[truth.length][truth[0].length]), squares);
	}

	private Reconstruction mostFrequent(int[] truth) {
		int[] answer = new int[truth.length];
		double[] probabilities = new double[truth.length];
		for (int t = 0; t < truth.length; t++) {
			answer[t] = this.mostFrequent;
			probabilities[t] = this.logProbabilities[truth[t]];
		}
		return Reconstruction.ofTokens(new TokenEncoder.Ids(answer), probabilities);
	}

}
