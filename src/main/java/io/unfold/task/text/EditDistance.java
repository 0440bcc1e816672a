package io.unfold.task.text;

import java.util.List;

/**
 * The least number of insertions, deletions and substitutions that turn one text into
 * another (Levenshtein 1966), counted in code points.
 */
final class EditDistance {

	private EditDistance() {
	}

	static int between(String a, String b) {
		int[] x = a.codePoints().toArray();
		int[] y = b.codePoints().toArray();
		int[] row = new int[y.length + 1];
		for (int j = 0; j <= y.length; j++) {
			row[j] = j;
		}
		for (int i = 1; i <= x.length; i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= y.length; j++) {
				int substituted = diagonal + ((x[i - 1] == y[j - 1]) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[y.length];
	}

	/**
	 * All edits together, divided by the number of characters that are right: the
	 * character error rate.
	 */
	static double errorRate(List<String> truth, List<String> answers) {
		long edits = 0;
		long characters = 0;
		for (int i = 0; i < truth.size(); i++) {
			edits += between(truth.get(i), answers.get(i));
			characters += truth.get(i).codePointCount(0, truth.get(i).length());
		}
		return (characters == 0) ? 0 : (double) edits / characters;
	}

}
