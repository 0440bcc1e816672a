package io.unfold.nn.decoding;

import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

class SamplingTest {

	private static final float[] P = { 0.1f, 0.4f, 0.05f, 0.3f, 0.15f };

	private static final int DRAWS = 200_000;

	@Test
	void drawsAsTheNetworkAnswers() {
		assertShares(new Sampling(1, null, null), 0.1, 0.4, 0.05, 0.3, 0.15);
	}

	@ParameterizedTest
	@CsvSource({ "0.5", "2", "0.1" })
	void raisesProbabilitiesToThePowerOfOneOverTheTemperature(double temperature) {
		double[] expected = new double[P.length];
		double sum = 0;
		for (int i = 0; i < P.length; i++) {
			expected[i] = Math.pow(P[i], 1 / temperature);
			sum += expected[i];
		}
		for (int i = 0; i < P.length; i++) {
			expected[i] /= sum;
		}
		assertShares(new Sampling(temperature, null, null), expected);
	}

	@Test
	void takesTheLikeliestAtTemperatureZero() {
		assertShares(new Sampling(0, null, null), 0, 1, 0, 0, 0);
		assertThat(new Sampling(0, null, null).draw(new float[] { 0.3f, 0.35f, 0.35f }, Set.of(), random(1)))
			.isEqualTo(1);
	}

	@Test
	void comesToTheLikeliestAsTheTemperatureFalls() {
		assertShares(new Sampling(1e-4, null, null), 0, 1, 0, 0, 0);
	}

	@Test
	void topKLeavesTheLikeliest() {
		assertShares(new Sampling(1, 1, null), 0, 1, 0, 0, 0);
		assertShares(new Sampling(1, 3, null), 0, 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85);
		assertShares(new Sampling(1, 100, null), 0.1, 0.4, 0.05, 0.3, 0.15);
	}

	@Test
	void topPLeavesTheSmallestNumberThatReachesIt() {
		assertShares(new Sampling(1, null, 0.3), 0, 1, 0, 0, 0);
		assertShares(new Sampling(1, null, 0.5), 0, 0.4 / 0.7, 0, 0.3 / 0.7, 0);
		assertShares(new Sampling(1, null, 0.8), 0, 0.4 / 0.85, 0, 0.3 / 0.85, 0.15 / 0.85);
		assertShares(new Sampling(1, null, 1.0), 0.1, 0.4, 0.05, 0.3, 0.15);
	}

	@Test
	void topPIsAShareOfWhatTopKAndTheTemperatureLeave() {
		// of 0.4 and 0.3, the first is 0.57
		assertShares(new Sampling(1, 2, 0.57), 0, 1, 0, 0, 0);
		assertShares(new Sampling(1, 2, 0.58), 0, 0.4 / 0.7, 0, 0.3 / 0.7, 0);
		// squared, 0.16 of 0.285
		assertShares(new Sampling(0.5, null, 0.56), 0, 1, 0, 0, 0);
	}

	@Test
	void amongEquallyLikelyTokensTheFirstAreLeft() {
		float[] even = { 0.25f, 0.25f, 0.25f, 0.25f };
		assertThat(shares(new Sampling(1, 2, null), even, Set.of())).containsExactly(new double[] { 0.5, 0.5, 0, 0 },
				within(0.01));
	}

	@Test
	void neverDrawsWhatItMustNot() {
		assertThat(shares(new Sampling(1, null, null), P, Set.of(1))[1]).isZero();
		assertThat(shares(new Sampling(0, null, null), P, Set.of(1))[3]).isCloseTo(1, within(1e-6));
		assertThat(shares(new Sampling(1, 1, null), P, Set.of(1))[3]).isCloseTo(1, within(1e-6));
	}

	@Test
	void equalSeedsDrawEqualTokens() {
		Sampling sampling = new Sampling(1, 4, 0.9);
		RandomGenerator one = random(5);
		RandomGenerator other = random(5);
		for (int i = 0; i < 100; i++) {
			assertThat(sampling.draw(P, Set.of(), one)).isEqualTo(sampling.draw(P, Set.of(), other));
		}
	}

	@Test
	void drawsATokenWhateverTheChance() {
		RandomGenerator highest = () -> -1L;
		assertThat(new Sampling(1, null, null).draw(new float[] { 0.5f, 0.5f, 0 }, Set.of(), highest)).isEqualTo(1);
	}

	@ParameterizedTest
	@CsvSource({ "-0.1,1,0.5,temperature", "NaN,1,0.5,temperature", "101,1,0.5,temperature", "1,0,0.5,topK",
			"1,1,0,topP", "1,1,1.1,topP", "1,1,NaN,topP" })
	void refusesWhatHasNoMeaning(double temperature, int topK, double topP, String field) {
		assertThatExceptionOfType(InvalidFieldException.class).isThrownBy(() -> new Sampling(temperature, topK, topP))
			.satisfies((ex) -> assertThat(ex.field()).isEqualTo(field));
	}

	private static void assertShares(Sampling sampling, double... expected) {
		double[] shares = shares(sampling, P, Set.of());
		for (int i = 0; i < expected.length; i++) {
			assertThat(shares[i]).as("token %d of %s", i, Arrays.toString(shares)).isCloseTo(expected[i], within(0.01));
			assertThat(shares[i] > 0 && expected[i] == 0).isFalse();
		}
	}

	private static double[] shares(Sampling sampling, float[] probabilities, Set<Integer> never) {
		RandomGenerator random = random(3);
		double[] shares = new double[probabilities.length];
		for (int i = 0; i < DRAWS; i++) {
			shares[sampling.draw(probabilities, never, random)] += 1.0 / DRAWS;
		}
		return shares;
	}

	private static RandomGenerator random(long seed) {
		return new SplittableRandom(seed);
	}

}
