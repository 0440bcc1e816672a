package io.unfold.task.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The character n-gram F-score of a corpus (Popović 2015, doi:10.18653/v1/W15-3049), 0 to
 * 100, as sacreBLEU reports it by default: with P and R the means over n = 1 to 6 of the
 * shares of the answers' n-grams that are in their references, and of the references'
 * that are in their answers, counted over the whole corpus, <pre>
 * chrF = 100 (1 + beta^2) P R / (beta^2 P + R)
 * </pre> An n of which the answers or the references have no n-gram is left out of the
 * means. Characters are code points; blanks are none.
 *
 * @param beta how many times as much recall counts as precision
 * @param blanks whether blanks are characters, too
 */
record Chrf(double beta, boolean blanks) {

	/** chrF2, the usual one. */
	static final Chrf STANDARD = new Chrf(2, false);

	private static final int ORDER = 6;

	/**
	 * The figure of a corpus.
	 * @param answers as they were written
	 * @param references the right ones
	 */
	double score(List<String> answers, List<String> references) {
		double precision = 0;
		double recall = 0;
		int orders = 0;
		for (int n = 1; n <= ORDER; n++) {
			long matches = 0;
			long written = 0;
			long right = 0;
			for (int i = 0; i < answers.size(); i++) {
				Map<String, Integer> found = counts(answers.get(i), n);
				Map<String, Integer> truth = counts(references.get(i), n);
				right += total(truth);
				// what is longer than all of its reference says nothing of its n-grams
				written += truth.isEmpty() ? 0 : total(found);
				for (Map.Entry<String, Integer> entry : found.entrySet()) {
					matches += Math.min(entry.getValue(), truth.getOrDefault(entry.getKey(), 0));
				}
			}
			if (written > 0 && right > 0) {
				precision += (double) matches / written;
				recall += (double) matches / right;
				orders++;
			}
		}
		if (precision == 0 && recall == 0) {
			return 0;
		}
		double factor = this.beta * this.beta;
		return 100 * (1 + factor) * precision * recall / (factor * precision + recall) / orders;
	}

	private Map<String, Integer> counts(String text, int n) {
		String kept = this.blanks ? text : String.join("", BleuTokenizer.NONE.split(text));
		Map<String, Integer> counts = new HashMap<>();
		if (kept.codePointCount(0, kept.length()) < n) {
			return counts;
		}
		int from = 0;
		int to = kept.offsetByCodePoints(0, n);
		while (true) {
			counts.merge(kept.substring(from, to), 1, Integer::sum);
			if (to == kept.length()) {
				return counts;
			}
			from = kept.offsetByCodePoints(from, 1);
			to = kept.offsetByCodePoints(to, 1);
		}
	}

	private static long total(Map<String, Integer> counts) {
		return counts.values().stream().mapToLong(Integer::longValue).sum();
	}

}
