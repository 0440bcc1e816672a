package io.unfold.task.autoencoding;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.unfold.data.Normalizer;
import io.unfold.task.regression.RegressionErrors;
import io.unfold.task.sequence.NumberEncoder;
import io.unfold.task.sequence.SequenceEncoder;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.TokenEncoder;

/** How near reconstructions are to the sequences. */
final class ReconstructionMetrics {

	private ReconstructionMetrics() {
	}

	/** The mean of the sequences' errors. */
	static double meanError(List<Reconstruction> reconstructions) {
		return Arrays.stream(ReconstructionModel.errors(reconstructions)).average().orElse(0);
	}

	/**
	 * Figures of all steps together: of numbers the errors in their own units, of tokens
	 * the share of steps that are right (accuracy) and of sequences that are
	 * (exactMatch), and the exponential of the mean negative log-probability
	 * (perplexity).
	 */
	static Map<String, Double> of(SequenceEncoder encoder, List<Encoded> truth, List<Reconstruction> answers) {
		Map<String, Double> metrics = new LinkedHashMap<>();
		metrics.put("error", meanError(answers));
		metrics.putAll((encoder instanceof NumberEncoder numbers) ? ofNumbers(numbers.normalizer(), truth, answers)
				: ofTokens(truth, answers));
		return metrics;
	}

	private static Map<String, Double> ofNumbers(Normalizer normalizer, List<Encoded> truth,
			List<Reconstruction> answers) {
		RegressionErrors errors = new RegressionErrors(normalizer.features());
		for (int i = 0; i < truth.size(); i++) {
			double[][] right = values(normalizer, truth.get(i));
			double[][] answer = values(normalizer, answers.get(i).sequence());
			for (int t = 0; t < right.length; t++) {
				errors.add(right[t], answer[t]);
			}
		}
		return errors.metrics();
	}

	/** Numbers in their own units; [time][features]. */
	static double[][] values(Normalizer normalizer, Encoded sequence) {
		float[][] scaled = ((NumberEncoder.Numbers) sequence).values();
		double[][] values = new double[scaled.length][normalizer.features()];
		for (int t = 0; t < values.length; t++) {
			for (int k = 0; k < values[t].length; k++) {
				values[t][k] = normalizer.undo(k, scaled[t][k]);
			}
		}
		return values;
	}

	private static Map<String, Double> ofTokens(List<Encoded> truth, List<Reconstruction> answers) {
		double steps = 0;
		double right = 0;
		double exact = 0;
		double nats = 0;
		for (int i = 0; i < truth.size(); i++) {
			int[] ids = ((TokenEncoder.Ids) truth.get(i)).ids();
			int[] answer = ((TokenEncoder.Ids) answers.get(i).sequence()).ids();
			int same = 0;
			for (int t = 0; t < ids.length; t++) {
				same += (ids[t] == answer[t]) ? 1 : 0;
				nats += answers.get(i).stepErrors()[t];
			}
			steps += ids.length;
			right += same;
			exact += (same == ids.length) ? 1 : 0;
		}
		Map<String, Double> metrics = new LinkedHashMap<>();
		metrics.put("accuracy", right / steps);
		metrics.put("exactMatch", exact / truth.size());
		metrics.put("perplexity", Math.exp(nats / steps));
		return metrics;
	}

}
