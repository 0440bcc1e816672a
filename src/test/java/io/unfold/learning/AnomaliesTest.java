package io.unfold.learning;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

import io.unfold.data.BundledExamples;
import io.unfold.data.DataFormat;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.task.Evaluation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Odd cycles of a press, found by an autoencoder that has seen none. */
@Tag("learning")
class AnomaliesTest {

	private static final DataSource CYCLES = DataSource.of(DataFormat.JSONL,
			new String(BundledExamples.CYCLES.content(), StandardCharsets.UTF_8));

	@Test
	void autoencoderTellsOddCyclesFromOthers() {
		Evaluation evaluation = Request.named("anomalies").run(CYCLES);
		assertThat(evaluation.metrics().get("auroc")).isGreaterThanOrEqualTo(0.95);
		assertThat(evaluation.metrics().get("falsePositiveRate")).isLessThan(0.1);
	}

	/** The data must not be such that the size of numbers tells. */
	@Test
	void largestDistanceFromTheMeanHardlyTells() {
		double auroc = largestDistances();
		System.out.printf(Locale.ROOT, "learning %-13s auroc %.4g%n", "(largest distance from the mean)", auroc);
		assertThat(auroc).isLessThan(0.75);
	}

	/** The area under the ROC curve, counted pair by pair. */
	private static double largestDistances() {
		List<DataRecord> records;
		try (Stream<DataRecord> all = CYCLES.records()) {
			records = all.toList();
		}
		double[] mean = new double[2];
		double[] squares = new double[2];
		long steps = 0;
		for (DataRecord record : records) {
			for (JsonNode step : isOdd(record) ? List.<JsonNode>of() : record.fields().get("sequence")) {
				steps++;
				for (int k = 0; k < 2; k++) {
					mean[k] += step.get(k).doubleValue();
					squares[k] += step.get(k).doubleValue() * step.get(k).doubleValue();
				}
			}
		}
		for (int k = 0; k < 2; k++) {
			mean[k] /= steps;
			squares[k] = squares[k] / steps - mean[k] * mean[k];
		}
		List<Double> normal = new ArrayList<>();
		List<Double> odd = new ArrayList<>();
		for (DataRecord record : records) {
			double largest = 0;
			for (JsonNode step : record.fields().get("sequence")) {
				for (int k = 0; k < 2; k++) {
					largest = Math.max(largest, Math.abs(step.get(k).doubleValue() - mean[k]) / Math.sqrt(squares[k]));
				}
			}
			(isOdd(record) ? odd : normal).add(largest);
		}
		double wins = 0;
		for (double a : odd) {
			for (double n : normal) {
				wins += (a > n) ? 1 : (a == n) ? 0.5 : 0;
			}
		}
		return wins / odd.size() / normal.size();
	}

	private static boolean isOdd(DataRecord record) {
		return record.fields().get("anomaly").booleanValue();
	}

}
