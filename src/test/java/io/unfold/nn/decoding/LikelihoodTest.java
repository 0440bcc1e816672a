package io.unfold.nn.decoding;

import java.util.List;
import java.util.Set;

import io.unfold.nn.network.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LikelihoodTest {

	private final Markers markers = new Markers(HashedDecoder.START, HashedDecoder.END, Set.of(HashedDecoder.START));

	@Test
	void addsTheLogProbabilityOfEachTrueTokenAndOfTheEnd() {
		List<int[]> sequences = List.of(new int[] { 0, 2, 1 }, new int[] {}, new int[] { 1, 1, 1, 0, 2 },
				new int[] { 2 });
		float[] histories = { 3, 14, 15, 92 };
		double expected = 0;
		for (int row = 0; row < histories.length; row++) {
			int history = (int) histories[row];
			int previous = HashedDecoder.START;
			for (int t = 0; t <= sequences.get(row).length; t++) {
				history = (history * 7 + previous + 1) % 1009;
				int token = (t < sequences.get(row).length) ? sequences.get(row)[t] : HashedDecoder.END;
				expected += Math.log(HashedDecoder.distribution(history)[token]);
				previous = token;
			}
		}
		assertThat(new Likelihood(this.markers).logProbability(new HashedDecoder(), new State(4, List.of(histories)),
				sequences))
			.isCloseTo(expected, within(1e-4));
	}

}
