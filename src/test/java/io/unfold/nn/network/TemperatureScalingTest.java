package io.unfold.nn.network;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TemperatureScalingTest {

	private static final int CLASSES = 4;

	private static final double SMOOTHING = 4.0 / 204;

	private final Random random = new Random(3);

	private final double[][] scores = new double[200][CLASSES];

	private final int[] right = new int[200];

	/** Scores that are right the more often the less noise there is. */
	private void make(double noise, double scale) {
		for (int i = 0; i < this.right.length; i++) {
			this.right[i] = this.random.nextInt(CLASSES);
			for (int c = 0; c < CLASSES; c++) {
				this.scores[i][c] = scale * (((c == this.right[i]) ? 1 : 0) + noise * this.random.nextGaussian());
			}
		}
	}

	private TemperatureScaling.Scale best() {
		TemperatureScaling scaling = new TemperatureScaling(CLASSES);
		for (int i = 0; i < this.right.length; i++) {
			scaling.add(this.scores[i], 0, this.right[i]);
		}
		assertThat(scaling.count()).isEqualTo(this.right.length);
		return scaling.best();
	}

	/** The share of an example that is of any class. */
	private double smoothed(double factor) {
		double loss = 0;
		for (int i = 0; i < this.right.length; i++) {
			for (int c = 0; c < CLASSES; c++) {
				double share = SMOOTHING / CLASSES + ((c == this.right[i]) ? 1 - SMOOTHING : 0);
				double sum = 0;
				for (double score : this.scores[i]) {
					sum += Math.exp(factor * (score - this.scores[i][c]));
				}
				loss += share * Math.log(sum);
			}
		}
		return loss;
	}

	private double loss(double factor) {
		double loss = 0;
		for (int i = 0; i < this.right.length; i++) {
			double sum = 0;
			for (double score : this.scores[i]) {
				sum += Math.exp(factor * (score - this.scores[i][this.right[i]]));
			}
			loss += Math.log(sum);
		}
		return loss / this.right.length;
	}

	@Test
	void findsTheFactorWithTheLeastCrossEntropy() {
		for (double noise : new double[] { 0.5, 1, 3 }) {
			for (double scale : new double[] { 0.05, 1, 3 }) {
				make(noise, scale);
				TemperatureScaling.Scale found = best();
				double low = 1e-3;
				double high = 1e3;
				for (int i = 0; i < 200; i++) {
					double third = Math.cbrt(high / low);
					if (smoothed(low * third) < smoothed(high / third)) {
						high /= third;
					}
					else {
						low *= third;
					}
				}
				assertThat(found.factor()).isCloseTo(low, within(1e-3 * low));
				assertThat(found.loss()).isCloseTo(loss(low), within(1e-4));
			}
		}
	}

	@Test
	void isNotCertainWhereAllExamplesAreToldApart() {
		make(0, 1);
		// of 200 + 4 examples, all but 3 are what they seem
		assertThat(Math.exp(-best().loss())).isCloseTo(201.0 / 204, within(1e-3));
	}

	@Test
	void endsAtTheLargestFactorWhereNoneIsLargeEnough() {
		make(0, 1e-5);
		assertThat(best().factor()).isEqualTo(1024);
		assertThat(best().loss()).isCloseTo(loss(1024), within(1e-9));
	}

	@Test
	void endsAtTheSmallestFactorWhereScoresAreWorseThanNone() {
		make(0.1, -1);
		assertThat(best().factor()).isEqualTo(1.0 / 64);
		assertThat(best().loss()).isCloseTo(loss(1.0 / 64), within(1e-9));
	}

	@Test
	void staysANumberWhereScoresAreFarApart() {
		make(1, 1e6);
		assertThat(best().loss()).isFinite();
	}

}
