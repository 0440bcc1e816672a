package io.unfold.task.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * BLEU of a corpus (Papineni et al. 2002, doi:10.3115/1073083.1073135), 0 to 100, as
 * sacreBLEU reports it by default (Post 2018, arXiv:1804.08771): with <pre>
 * p_n   = n-grams of the answers that are in their references, each counted at most as
 *         often as in the reference that has it most often / all n-grams of the answers
 * BP    = 1 where the answers are longer than the references, else exp(1 - r / c)
 * BLEU  = 100 BP (p_1 p_2 p_3 p_4)^(1/4)
 * </pre> where c is the length of all answers and r that of the references, for each
 * answer the one whose length is closest. Of several n without a match the first counts
 * as half a match, the next as a quarter, and so on (Chen and Cherry 2014,
 * doi:10.3115/v1/W14-3346, method 3). Where nothing matches, or no answer has four words,
 * it is 0.
 */
public final class Bleu {

	private static final int ORDER = 4;

	private final long[] matches = new long[ORDER];

	private final long[] totals = new long[ORDER];

	private long length;

	private long referenceLength;

	private Bleu() {
	}

	/**
	 * The figure of a corpus.
	 * @param answers as they were written
	 * @param references for each answer the right ones, at least one
	 */
	public static double score(List<String> answers, List<List<String>> references, BleuTokenizer tokenizer) {
		Bleu bleu = new Bleu();
		for (int i = 0; i < answers.size(); i++) {
			bleu.add(tokenizer.split(answers.get(i)), references.get(i).stream().map(tokenizer::split).toList());
		}
		return bleu.score();
	}

	private void add(List<String> answer, List<List<String>> references) {
		this.length += answer.size();
		int closest = references.get(0).size();
		for (List<String> reference : references) {
			int distance = Integer.compare(Math.abs(reference.size() - answer.size()),
					Math.abs(closest - answer.size()));
			if (distance < 0 || (distance == 0 && reference.size() < closest)) {
				closest = reference.size();
			}
		}
		this.referenceLength += closest;
		for (int n = 1; n <= ORDER; n++) {
			Map<List<String>, Integer> most = new HashMap<>();
			for (List<String> reference : references) {
				counts(reference, n).forEach((words, count) -> most.merge(words, count, Math::max));
			}
			for (Map.Entry<List<String>, Integer> found : counts(answer, n).entrySet()) {
				this.matches[n - 1] += Math.min(found.getValue(), most.getOrDefault(found.getKey(), 0));
				this.totals[n - 1] += found.getValue();
			}
		}
	}

	private static Map<List<String>, Integer> counts(List<String> words, int n) {
		Map<List<String>, Integer> counts = new HashMap<>();
		for (int i = 0; i + n <= words.size(); i++) {
			counts.merge(words.subList(i, i + n), 1, Integer::sum);
		}
		return counts;
	}

	private double score() {
		if (this.matches[0] == 0 || this.totals[ORDER - 1] == 0) {
			return 0;
		}
		double logarithms = 0;
		double unmatched = 1;
		for (int n = 0; n < ORDER; n++) {
			unmatched = (this.matches[n] == 0) ? unmatched / 2 : unmatched;
			double matched = (this.matches[n] == 0) ? unmatched : this.matches[n];
			logarithms += Math.log(matched / this.totals[n]);
		}
		double brevity = Math.min(0, 1 - (double) this.referenceLength / this.length);
		return 100 * Math.exp(brevity + logarithms / ORDER);
	}

}
