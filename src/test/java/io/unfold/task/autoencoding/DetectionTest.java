package io.unfold.task.autoencoding;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

class DetectionTest {

	@Test
	void aurocIsTheShareOfPairsThatAreInOrderAndHalfOfTheTies() {
		Random random = new Random(3);
		for (int round = 0; round < 20; round++) {
			double[] normal = random.ints(1 + random.nextInt(30), 0, 8).asDoubleStream().toArray();
			double[] anomalous = random.ints(1 + random.nextInt(30), 2, 10).asDoubleStream().toArray();
			double wins = 0;
			for (double a : anomalous) {
				for (double n : normal) {
					wins += (a > n) ? 1 : (a == n) ? 0.5 : 0;
				}
			}
			assertThat(Detection.auroc(normal, anomalous)).isCloseTo(wins / normal.length / anomalous.length,
					within(1e-12));
		}
		assertThat(Detection.auroc(new double[] { 1, 2 }, new double[] { 3, 4 })).isEqualTo(1);
		assertThat(Detection.auroc(new double[] { 3 }, new double[] { 1, 2 })).isZero();
		assertThat(Detection.auroc(new double[] { 1, 1 }, new double[] { 1 })).isEqualTo(0.5);
	}

	@Test
	void countsWhatIsAboveTheThreshold() {
		assertThat(Detection.at(0.5, new double[] { 0.1, 0.5, 0.6, 0.2 }, new double[] { 0.4, 0.7, 0.9 }))
			.containsExactly(entry("precision", 2 / 3.0), entry("recall", 2 / 3.0), entry("f1", 2 / 3.0),
					entry("falsePositiveRate", 0.25));
		assertThat(Detection.at(2, new double[] { 1 }, new double[] { 1 })).containsEntry("precision", 0.0)
			.containsEntry("f1", 0.0);
	}

	/** Expected are numpy.quantile's. */
	@Test
	void quantileIsBetweenTheTwoNearestValues() {
		double[] values = { 4, 1, 3, 2 };
		assertThat(ReconstructionModel.quantile(values, 0)).isEqualTo(1);
		assertThat(ReconstructionModel.quantile(values, 1)).isEqualTo(4);
		assertThat(ReconstructionModel.quantile(values, 0.5)).isEqualTo(2.5);
		assertThat(ReconstructionModel.quantile(values, 0.99)).isCloseTo(3.97, within(1e-12));
		assertThat(ReconstructionModel.quantile(new double[] { 7 }, 0.3)).isEqualTo(7);
		assertThat(values).containsExactly(4, 1, 3, 2);
	}

}
