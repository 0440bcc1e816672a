package io.unfold.nn.decoding;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.unfold.nn.network.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SearchTest {

	private static final int START = HashedDecoder.START;

	private static final int END = HashedDecoder.END;

	private final Markers markers = new Markers(START, END, Set.of(START));

	private static State start(float... history) {
		return new State(history.length, List.of(history));
	}

	/** Every sequence of at most the given length, by brute force. */
	static List<Hypothesis> enumerate(int history, int maxLength) {
		List<Hypothesis> all = new ArrayList<>();
		extend(history, START, new ArrayList<>(), 0, maxLength, all);
		all.sort(Comparator.comparingDouble(Hypothesis::score).reversed());
		return all;
	}

	private static void extend(int history, int previous, List<Integer> written, double total, int maxLength,
			List<Hypothesis> all) {
		int next = (history * 7 + previous + 1) % 1009;
		double[] p = HashedDecoder.distribution(next);
		all.add(new Hypothesis(List.copyOf(written), (total + Math.log(p[END])) / (written.size() + 1), true,
				List.of()));
		if (written.size() == maxLength) {
			all.add(new Hypothesis(List.copyOf(written), total / Math.max(1, written.size()), false, List.of()));
			return;
		}
		for (int token = 0; token < START; token++) {
			written.add(token);
			extend(next, token, written, total + Math.log(p[token]), maxLength, all);
			written.remove(written.size() - 1);
		}
	}

	@Test
	void beamOfOneIsGreedySearch() {
		State start = start(1, 2, 3, 5, 8, 13, 21, 34);
		assertThat(new BeamSearch(this.markers, 1).search(new HashedDecoder(), start, 6))
			.isEqualTo(new GreedySearch(this.markers).search(new HashedDecoder(), start, 6));
	}

	@Test
	void beamAsWideAsTheSearchSpaceFindsTheBestSequence() {
		for (int history = 0; history < 20; history++) {
			Hypothesis found = new BeamSearch(this.markers, 1000).search(new HashedDecoder(), start(history), 4)
				.get(0)
				.get(0);
			Hypothesis best = enumerate(history, 4).get(0);
			assertThat(found.tokens()).isEqualTo(best.tokens());
			assertThat(found.score()).isCloseTo(best.score(), within(1e-5));
			assertThat(found.complete()).isEqualTo(best.complete());
		}
	}

	@Test
	void lengthPenaltyDecidesWhatIsBest() {
		for (double penalty : new double[] { 0, 0.5, 2 }) {
			for (int history = 0; history < 20; history++) {
				Hypothesis found = new BeamSearch(this.markers, 1000, penalty, Constraints.NONE)
					.search(new HashedDecoder(), start(history), 4)
					.get(0)
					.get(0);
				Hypothesis best = Collections.max(enumerate(history, 4),
						Comparator.comparingDouble((one) -> value(one, penalty)));
				assertThat(found.tokens()).isEqualTo(best.tokens());
				assertThat(found.score()).isCloseTo(best.score(), within(1e-5));
			}
		}
	}

	private static double value(Hypothesis hypothesis, double penalty) {
		int length = Math.max(1, hypothesis.tokens().size() + (hypothesis.complete() ? 1 : 0));
		return hypothesis.score() * length / Math.pow(length, penalty);
	}

	@Test
	void rowsOfABatchAreSearchedAsIfAlone() {
		for (Search search : List.of(new GreedySearch(this.markers), new BeamSearch(this.markers, 3))) {
			List<List<Hypothesis>> together = search.search(new HashedDecoder(), start(4, 9, 16), 5);
			assertThat(together).isEqualTo(List.of(search.search(new HashedDecoder(), start(4), 5).get(0),
					search.search(new HashedDecoder(), start(9), 5).get(0),
					search.search(new HashedDecoder(), start(16), 5).get(0)));
		}
	}

	@Test
	void hypothesesOfABeamAreDistinctAndBestFirst() {
		for (int history = 0; history < 20; history++) {
			List<Hypothesis> found = new BeamSearch(this.markers, 4).search(new HashedDecoder(), start(history), 3)
				.get(0);
			assertThat(found).isSortedAccordingTo(Comparator.comparingDouble(Hypothesis::score).reversed());
			assertThat(found.stream().map((h) -> List.of(h.tokens(), h.complete()))).doesNotHaveDuplicates();
			assertThat(found.get(0).tokens()).doesNotContain(START, END).hasSizeLessThanOrEqualTo(3);
		}
	}

}
