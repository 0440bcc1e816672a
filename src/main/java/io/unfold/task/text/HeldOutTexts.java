package io.unfold.task.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.unfold.data.Tokenizer;
import io.unfold.task.Evaluation;
import io.unfold.task.Split;

/**
 * The right texts of held-out examples, by which those that a model writes are judged.
 *
 * @param part name of the part that is held out
 * @param texts as they came
 * @param tokenizer of the model
 * @param bleuTokenizer how BLEU splits texts
 */
public record HeldOutTexts(String part, List<String> texts, Tokenizer tokenizer, BleuTokenizer bleuTokenizer) {

	/**
	 * Examples that are judged at most: writing takes far longer than training on them.
	 */
	private static final int MOST = 2_000;

	private static final String CHARACTER_ERROR_RATE = "characterErrorRate";

	/** The numbers of the examples that are judged. */
	public static int[] rows(Split.Parts parts) {
		return IntStream.of(parts.evaluation()).limit(MOST).toArray();
	}

	/**
	 * Judges by BLEU and chrF of the corpus (both 0 to 100), the share of answers that
	 * are right to the letter, and the character error rate, which gives the skill. BLEU
	 * and chrF compare with the texts as they came, the others with what the model's
	 * tokens would write, so that a space that no token stands for is no error.
	 * @param answers of the model, as many as there are texts
	 * @param perplexity of the model
	 * @param naive what the naive answer is
	 * @param naiveAnswers as many
	 */
	public Evaluation evaluation(List<String> answers, double perplexity, String naive, List<String> naiveAnswers) {
		List<String> truth = this.texts.stream().map(this.tokenizer::rejoined).toList();
		Map<String, Double> metrics = metrics(answers, truth);
		metrics.put("perplexity", perplexity);
		Map<String, Double> naiveMetrics = metrics(naiveAnswers, truth);
		return Evaluation.of(this.part, this.texts.size(), metrics, new Evaluation.Baseline(naive, naiveMetrics),
				characterErrorRate(metrics), characterErrorRate(naiveMetrics));
	}

	private Map<String, Double> metrics(List<String> answers, List<String> truth) {
		Map<String, Double> metrics = new LinkedHashMap<>();
		metrics.put("bleu", Bleu.score(answers, this.texts.stream().map(List::of).toList(), this.bleuTokenizer));
		metrics.put("chrf", Chrf.STANDARD.score(answers, this.texts));
		metrics.put("exactMatch",
				IntStream.range(0, truth.size())
					.mapToDouble((i) -> truth.get(i).equals(answers.get(i)) ? 1 : 0)
					.average()
					.orElse(0));
		metrics.put(CHARACTER_ERROR_RATE, EditDistance.errorRate(truth, answers));
		return metrics;
	}

	private static double characterErrorRate(Map<String, Double> metrics) {
		return Objects.requireNonNull(metrics.get(CHARACTER_ERROR_RATE));
	}

}
