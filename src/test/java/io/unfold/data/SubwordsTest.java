package io.unfold.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SubwordsTest {

	/** The example of Sennrich et al. 2016, whose words end where ours begin. */
	private static final List<String> PAPER = List.of("low ".repeat(5), "lower ".repeat(2), "newest ".repeat(6),
			"widest ".repeat(3));

	@Test
	void putsTheMostFrequentPairTogetherFirst() {
		Subwords subwords = Subwords.learn(PAPER.stream(), 11 + 4);
		Vocabulary vocabulary = subwords.vocabulary(Vocabulary.Kind.OPEN, PAPER.stream().map(subwords::split), 100);
		// nine times each, in the order of the text: e-s, then es-t; then l-o and so on
		assertThat(vocabulary.tokens().subList(11, 15)).containsExactly("es", "est", " l", " lo");
		assertThat(subwords.split("lowest")).containsExactly(" lo", "w", "est");
	}

	@Test
	void learnsAsByCountingAllPairsAnewEachTime() {
		Random random = new Random(2);
		for (int round = 0; round < 20; round++) {
			List<String> texts = texts(random, 30);
			Subwords subwords = Subwords.learn(texts.stream(), 40);
			assertThat(subwords.vocabulary(Vocabulary.Kind.OPEN, texts.stream().map(subwords::split), 0).tokens())
				.containsExactlyElementsOf(counted(texts, 40));
		}
	}

	@Test
	void learnsTheSameWhateverTheOrderOfTheTexts() {
		List<String> texts = new ArrayList<>(texts(new Random(3), 200));
		Subwords learned = Subwords.learn(texts.stream(), 60);
		Collections.shuffle(texts, new Random(4));
		assertThat(Subwords.learn(texts.stream(), 60)).isEqualTo(learned);
	}

	@Test
	void joinsToTheTextWhateverWasLearned() {
		Subwords subwords = Subwords.learn(PAPER.stream(), 20);
		for (String text : List.of("two young , white males are outside near many bushes .",
				"lowest newer \u2581 widest", "l'\u00e9t\u00e9 &apos;s 12,5 % saftig-gr\u00fcnes \ud834\udd1e",
				"x".repeat(1000))) {
			assertThat(subwords.join(subwords.split(text))).isEqualTo(text);
		}
		SplittableRandom random = new SplittableRandom(5);
		int[] points = "low er\n\t\u00a0.,-19\u0301\ud834\udd1e".codePoints().toArray();
		for (int i = 0; i < 2000; i++) {
			StringBuilder text = new StringBuilder();
			random.ints(random.nextInt(30), 0, points.length).forEach((p) -> text.appendCodePoint(points[p]));
			assertThat(String.join("", subwords.splitExactly(text.toString()))).isEqualTo(text.toString());
			String collapsed = text.toString().replaceAll("[ \\n\\t\u00a0]+", " ").strip();
			assertThat(subwords.join(subwords.split(text.toString()))).isEqualTo(collapsed);
		}
	}

	@Test
	void keepsLettersDigitsAndMarksApart() {
		Subwords subwords = Subwords.learn(List.of("a-b 12c, ".repeat(9)).stream(), 100);
		assertThat(subwords.split("a-b 12c,")).containsExactly(" a", "-", "b", " 12", "c", ",");
	}

	@Test
	void doesNotKnowCharactersThatItHasNotSeen() {
		Subwords subwords = Subwords.learn(PAPER.stream(), 20);
		Vocabulary vocabulary = subwords.vocabulary(Vocabulary.Kind.OPEN, PAPER.stream().map(subwords::split), 100);
		assertThat(vocabulary.encode(subwords.split("zest"))).contains(vocabulary.unknown());
		assertThat(vocabulary.encode(subwords.split("lows sewn id"))).doesNotContain(vocabulary.unknown());
	}

	private static List<String> texts(Random random, int count) {
		List<String> texts = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			StringBuilder text = new StringBuilder();
			for (int k = 0; k < 12; k++) {
				text.append("abc  ".charAt(random.nextInt(5)));
			}
			texts.add(text.toString());
		}
		return texts;
	}

	/** Byte pair encoding as the paper has it, without any bookkeeping. */
	private static List<String> counted(List<String> texts, int size) {
		Map<List<String>, Integer> words = new HashMap<>();
		Map<String, Integer> characters = new TreeMap<>();
		for (String text : texts) {
			for (String word : text.strip().split(" +")) {
				List<String> letters = word.isEmpty() ? List.of() : List.of((" " + word).split(""));
				words.merge(letters, 1, Integer::sum);
				letters.forEach((letter) -> characters.merge(letter, 1, Integer::sum));
			}
		}
		List<String> pieces = new ArrayList<>(characters.keySet());
		pieces.sort((a, b) -> characters.get(b) - characters.get(a));
		while (pieces.size() < size) {
			Map<List<String>, Integer> pairs = new HashMap<>();
			words.forEach((word, count) -> {
				for (int i = 0; i + 1 < word.size(); i++) {
					pairs.merge(List.of(word.get(i), word.get(i + 1)), count, Integer::sum);
				}
			});
			List<String> best = pairs.entrySet()
				.stream()
				.filter((pair) -> pair.getValue() > 1)
				.min((a, b) -> (!a.getValue().equals(b.getValue())) ? b.getValue() - a.getValue()
						: (!a.getKey().get(0).equals(b.getKey().get(0)))
								? a.getKey().get(0).compareTo(b.getKey().get(0))
								: a.getKey().get(1).compareTo(b.getKey().get(1)))
				.map(Map.Entry::getKey)
				.orElse(List.of());
			if (best.isEmpty()) {
				break;
			}
			Map<List<String>, Integer> merged = new HashMap<>();
			words.forEach((word, count) -> merged.merge(merged(word, best), count, Integer::sum));
			words = merged;
			if (!pieces.contains(String.join("", best))) {
				pieces.add(String.join("", best));
			}
		}
		return pieces;
	}

	private static List<String> merged(List<String> word, List<String> pair) {
		List<String> merged = new ArrayList<>();
		for (int i = 0; i < word.size(); i++) {
			boolean here = i + 1 < word.size() && word.subList(i, i + 2).equals(pair);
			merged.add(here ? String.join("", pair) : word.get(i));
			i += here ? 1 : 0;
		}
		return merged;
	}

}
