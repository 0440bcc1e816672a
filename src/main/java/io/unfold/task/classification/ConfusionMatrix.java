package io.unfold.task.classification;

import java.util.LinkedHashMap;
import java.util.Map;

/** How often each class was taken for each. */
final class ConfusionMatrix {

	private final int[][] counts;

	private int total;

	private int right;

	ConfusionMatrix(int classes) {
		this.counts = new int[classes][classes];
	}

	void add(int truth, int answer) {
		this.counts[truth][answer]++;
		this.total++;
		this.right += (truth == answer) ? 1 : 0;
	}

	double accuracy() {
		return (this.total == 0) ? 0 : (double) this.right / this.total;
	}

	/**
	 * Mean over the classes that occur, in truth or in answers, of F1 = 2 TP / (2 TP + FP
	 * + FN).
	 */
	double macroF1() {
		double sum = 0;
		int occurring = 0;
		for (int c = 0; c < this.counts.length; c++) {
			int truth = 0;
			int answers = 0;
			for (int other = 0; other < this.counts.length; other++) {
				truth += this.counts[c][other];
				answers += this.counts[other][c];
			}
			if (truth + answers > 0) {
				sum += 2.0 * this.counts[c][c] / (truth + answers);
				occurring++;
			}
		}
		return (occurring == 0) ? 0 : sum / occurring;
	}

	Map<String, Double> metrics() {
		Map<String, Double> metrics = new LinkedHashMap<>();
		metrics.put("accuracy", accuracy());
		metrics.put("macroF1", macroF1());
		return metrics;
	}

}
