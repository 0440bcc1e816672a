package io.unfold.nn.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

import io.unfold.nn.network.State;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ConstrainedSearchTest {

	private final Markers markers = new Markers(HashedDecoder.START, HashedDecoder.END, Set.of(HashedDecoder.START));

	@Test
	void everyHypothesisHasEveryPhraseWhateverTheBeamTheLimitAndTheAttention() {
		Random random = new Random(11);
		for (int trial = 0; trial < 400; trial++) {
			List<Phrase> phrases = phrases(random);
			int width = 1 + random.nextInt(6);
			boolean attends = random.nextBoolean();
			BitSet runOn = new BitSet();
			BitSet endOpen = new BitSet();
			if (random.nextBoolean()) {
				runOn.set(0, 2);
				endOpen.set(0, 2);
			}
			BeamSearch search = new BeamSearch(this.markers, width, random.nextInt(3) / 2.0,
					new Constraints(List.of(phrases), runOn, endOpen, 2));
			List<Hypothesis> found = search
				.search(new HashedDecoder(attends ? 6 : 0, 0), start(random.nextInt(1009)), random.nextInt(4))
				.get(0);
			assertThat(found).isNotEmpty().hasSizeLessThanOrEqualTo(width);
			assertThat(found.stream().map(Hypothesis::tokens)).doesNotHaveDuplicates();
			for (Hypothesis hypothesis : found) {
				requireAll(hypothesis, phrases, runOn, endOpen);
			}
		}
	}

	private static void requireAll(Hypothesis hypothesis, List<Phrase> phrases, BitSet runOn, BitSet endOpen) {
		assertThat(hypothesis.placements().stream().map(Hypothesis.Placement::phrase))
			.containsExactlyInAnyOrderElementsOf(IntStream.range(0, phrases.size()).boxed().toList());
		int free = 0;
		for (Hypothesis.Placement place : hypothesis.placements()) {
			Phrase phrase = phrases.get(place.phrase());
			List<Integer> tokens = hypothesis.tokens();
			assertThat(tokens.subList(place.from(), place.to()))
				.isEqualTo(Arrays.stream(phrase.tokens()).boxed().toList());
			assertThat(place.from()).isGreaterThanOrEqualTo(free);
			free = place.to();
			if (phrase.runsOn() && place.from() > 0) {
				assertThat(endOpen.get(tokens.get(place.from() - 1))).isFalse();
			}
			if (phrase.endsOpen() && place.to() < tokens.size()) {
				assertThat(runOn.get(tokens.get(place.to()))).isFalse();
			}
		}
	}

	private static List<Phrase> phrases(Random random) {
		List<Phrase> phrases = new ArrayList<>();
		for (int i = random.nextInt(4); i >= 0; i--) {
			int[] tokens = random.ints(1 + random.nextInt(3), 0, 3).toArray();
			int from = random.nextInt(6);
			phrases.add(new Phrase(tokens, random.nextInt(4) > 0, from, from + 1 + random.nextInt(6 - from),
					tokens[0] < 2, tokens[tokens.length - 1] < 2));
		}
		return phrases;
	}

	@Test
	void wideBeamFindsTheBestSequenceThatHasThePhrase() {
		for (int history = 0; history < 20; history++) {
			int from = history;
			int[] phrase = { history % 3, (history / 3) % 3 };
			Constraints constraints = new Constraints(List.of(List.of(new Phrase(phrase, true, 0, 1, false, false))),
					new BitSet(), new BitSet(), -1);
			Hypothesis found = new BeamSearch(this.markers, 3000, 1, constraints)
				.search(new HashedDecoder(), start(history), 2)
				.get(0)
				.get(0);
			Hypothesis best = SearchTest.enumerate(history, 4)
				.stream()
				.filter((one) -> writes(from, one.tokens(), List.of(phrase[0], phrase[1])))
				.findFirst()
				.orElseThrow();
			assertThat(found.tokens()).isEqualTo(best.tokens());
			assertThat(found.score()).isCloseTo(best.score(), within(1e-5));
		}
	}

	/**
	 * Whether the phrase is there, and the decoder would not rather have ended before it
	 * was begun.
	 */
	private static boolean writes(int history, List<Integer> tokens, List<Integer> phrase) {
		int hash = history;
		int previous = HashedDecoder.START;
		for (int t = 0; t + phrase.size() <= tokens.size(); t++) {
			if (tokens.subList(t, t + phrase.size()).equals(phrase)) {
				return true;
			}
			hash = (hash * 7 + previous + 1) % 1009;
			double[] p = HashedDecoder.distribution(hash);
			if (IntStream.range(0, HashedDecoder.START).noneMatch((token) -> p[token] > p[HashedDecoder.END])) {
				return false;
			}
			previous = tokens.get(t);
		}
		return false;
	}

	@Test
	void rowsWithoutPhrasesAreSearchedAsIfNoRowHadAny() {
		Constraints constraints = new Constraints(
				List.of(List.of(), List.of(new Phrase(new int[] { 1, 1 }, true, 0, 1, false, false)), List.of()),
				new BitSet(), new BitSet(), -1);
		List<List<Hypothesis>> found = new BeamSearch(this.markers, 3, 1, constraints).search(new HashedDecoder(),
				start(4, 9, 16), 5);
		List<List<Hypothesis>> free = new BeamSearch(this.markers, 3).search(new HashedDecoder(), start(4, 9, 16), 5);
		assertThat(found.get(0)).isEqualTo(free.get(0));
		assertThat(found.get(2)).isEqualTo(free.get(2));
	}

	@Test
	void phraseThatTheDecoderWritesByItselfIsNotWrittenAgain() {
		for (int history = 0; history < 30; history++) {
			Hypothesis free = new BeamSearch(this.markers, 1).search(new HashedDecoder(), start(history), 6)
				.get(0)
				.get(0);
			if (free.tokens().size() < 2 || !free.complete()) {
				continue;
			}
			int[] phrase = { free.tokens().get(0), free.tokens().get(1) };
			Constraints constraints = new Constraints(List.of(List.of(new Phrase(phrase, true, 0, 1, false, false))),
					new BitSet(), new BitSet(), -1);
			Hypothesis found = new BeamSearch(this.markers, 1, 1, constraints)
				.search(new HashedDecoder(), start(history), 6)
				.get(0)
				.get(0);
			assertThat(found.tokens()).isEqualTo(free.tokens());
			assertThat(found.placements()).containsExactly(new Hypothesis.Placement(0, 0, 2));
		}
	}

	@Test
	void phraseComesWhereTheDecoderLooksAtWhatItStandsFor() {
		for (int step = 0; step < 6; step++) {
			// the decoder of the test looks at step t of six as it writes the t-th token
			Constraints constraints = new Constraints(
					List.of(List.of(new Phrase(new int[] { 1 }, false, step, step + 1, false, false))), new BitSet(),
					new BitSet(), -1);
			List<Hypothesis> found = new BeamSearch(this.markers, 4, 1, constraints)
				.search(new HashedDecoder(6, -1e3), start(5), 6)
				.get(0);
			assertThat(found.get(0).placements()).containsExactly(new Hypothesis.Placement(0, step, step + 1));
		}
	}

	private static State start(float... history) {
		return new State(history.length, List.of(history, new float[history.length]));
	}

}
