package io.unfold.task.autoencoding;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** How well anomalies are told from other sequences by their errors. */
final class Detection {

	private Detection() {
	}

	/**
	 * The probability that an anomaly's error is greater than another sequence's, where
	 * equal ones count a half (Mann and Whitney 1947, doi:10.1214/aoms/1177730491): the
	 * area under the receiver operating characteristic.
	 */
	static double auroc(double[] normal, double[] anomalous) {
		double[] sorted = normal.clone();
		Arrays.sort(sorted);
		double wins = 0;
		for (double error : anomalous) {
			int below = below(sorted, error, false);
			wins += below + 0.5 * (below(sorted, error, true) - below);
		}
		return wins / normal.length / anomalous.length;
	}

	/** Number of values below a limit, or not above it. */
	private static int below(double[] sorted, double limit, boolean orEqual) {
		int low = 0;
		int high = sorted.length;
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (sorted[middle] < limit || (orEqual && sorted[middle] == limit)) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return low;
	}

	/**
	 * Figures of taking errors above a threshold for anomalies: precision is the share of
	 * true anomalies among those that are taken for ones, recall the share of the
	 * anomalies that are found, f1 their harmonic mean, falsePositiveRate the share of
	 * the others that are taken for anomalies.
	 */
	static Map<String, Double> at(double threshold, double[] normal, double[] anomalous) {
		double found = Arrays.stream(anomalous).filter((error) -> error > threshold).count();
		double mistaken = Arrays.stream(normal).filter((error) -> error > threshold).count();
		double precision = (found + mistaken > 0) ? found / (found + mistaken) : 0;
		double recall = found / anomalous.length;
		Map<String, Double> metrics = new LinkedHashMap<>();
		metrics.put("precision", precision);
		metrics.put("recall", recall);
		metrics.put("f1", (precision + recall > 0) ? 2 * precision * recall / (precision + recall) : 0);
		metrics.put("falsePositiveRate", mistaken / normal.length);
		return metrics;
	}

}
