package io.unfold.task.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/** The figures that tell how close written texts are to the right ones. */
public final class TextMetrics {

	/** The name of the character error rate. */
	public static final String CHARACTER_ERROR_RATE = "characterErrorRate";

	private TextMetrics() {
	}

	/**
	 * BLEU and chrF of a corpus (both 0 to 100), the share of answers that are right to
	 * the letter, and the character error rate.
	 * @param answers as they were written
	 * @param references the right ones as they came, which BLEU and chrF compare with
	 * @param truth the right ones as the model's tokens would write them, so that a space
	 * that no token stands for is no error
	 */
	public static Map<String, Double> of(List<String> answers, List<String> references, List<String> truth,
			BleuTokenizer tokenizer) {
		Map<String, Double> metrics = new LinkedHashMap<>();
		metrics.put("bleu", Bleu.score(answers, references.stream().map(List::of).toList(), tokenizer));
		metrics.put("chrf", Chrf.STANDARD.score(answers, references));
		metrics.put("exactMatch",
				IntStream.range(0, truth.size())
					.mapToDouble((i) -> truth.get(i).equals(answers.get(i)) ? 1 : 0)
					.average()
					.orElse(0));
		metrics.put(CHARACTER_ERROR_RATE, EditDistance.errorRate(truth, answers));
		return metrics;
	}

	/** The character error rate among such figures. */
	public static double characterErrorRate(Map<String, Double> metrics) {
		return Objects.requireNonNull(metrics.get(CHARACTER_ERROR_RATE));
	}

}
