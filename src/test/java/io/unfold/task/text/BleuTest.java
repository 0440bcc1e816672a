package io.unfold.task.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * BLEU, held to figures that sacreBLEU's own tests state and to the formula by brute
 * force.
 */
class BleuTest {

	private static final List<String> ANSWERS = List.of("The dog bit the man.", "It wasn't surprising.",
			"The man had just bitten him.");

	private static final List<List<String>> REFERENCES = List.of(
			List.of("The dog bit the man.", "The dog had bit the man."),
			List.of("It was not unexpected.", "No one was surprised."),
			List.of("The man bit him first.", "The man had bitten the dog."));

	@ParameterizedTest
	@CsvSource({ "13a, 48.530827", "none, 49.1919566" })
	void isSacrebleusWithTwoReferences(String tokenizer, double expected) {
		assertThat(Bleu.score(ANSWERS, REFERENCES, BleuTokenizer.of(tokenizer))).isCloseTo(expected, within(1e-6));
	}

	@ParameterizedTest
	@CsvSource({ "13a, 8.493", "none, 7.347", "char, 40.8759" })
	void isSacrebleusWhereLongerWordsDoNotMatch(String tokenizer, double expected) {
		assertThat(one("Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;",
				"producţia de zahăr brut se exprimă în zahăr alb;", BleuTokenizer.of(tokenizer)))
			.isCloseTo(expected, within(1e-3));
	}

	@Test
	void isNothingWhereNothingMatchesOrNothingIsLongEnough() {
		assertThat(one("this is a cat", "okay thanks", BleuTokenizer.V13A)).isZero();
		assertThat(one("a cat", "a cat", BleuTokenizer.V13A)).isZero();
		assertThat(Bleu.score(List.of("", "", ""), REFERENCES, BleuTokenizer.V13A)).isZero();
		assertThat(one("this is a cat", "this is a cat", BleuTokenizer.V13A)).isCloseTo(100, within(1e-9));
	}

	@Test
	void isTheFormulaOverTheWholeCorpus() {
		Random random = new Random(3);
		for (int corpus = 0; corpus < 200; corpus++) {
			List<String> answers = new ArrayList<>();
			List<String> truth = new ArrayList<>();
			for (int i = 0; i < 1 + random.nextInt(4); i++) {
				answers.add(words(random));
				truth.add(words(random));
			}
			assertThat(Bleu.score(answers, truth.stream().map(List::of).toList(), BleuTokenizer.NONE))
				.isCloseTo(byHand(answers, truth), within(1e-9));
		}
	}

	private static double one(String answer, String reference, BleuTokenizer tokenizer) {
		return Bleu.score(List.of(answer), List.of(List.of(reference)), tokenizer);
	}

	private static String words(Random random) {
		List<String> words = new ArrayList<>();
		for (int i = random.nextInt(9); i >= 0; i--) {
			words.add("abc".substring(random.nextInt(3)).substring(0, 1));
		}
		return String.join(" ", words);
	}

	/** Strikes out each n-gram of the reference that an n-gram of the answer has used. */
	private static double byHand(List<String> answers, List<String> truth) {
		double product = 1;
		double c = 0;
		double r = 0;
		int without = 0;
		for (int n = 1; n <= 4; n++) {
			double matched = 0;
			double all = 0;
			for (int i = 0; i < answers.size(); i++) {
				List<String> left = new ArrayList<>(grams(truth.get(i), n));
				for (String gram : grams(answers.get(i), n)) {
					matched += left.remove(gram) ? 1 : 0;
					all++;
				}
				c += (n == 1) ? answers.get(i).split(" ").length : 0;
				r += (n == 1) ? truth.get(i).split(" ").length : 0;
			}
			if (all == 0 || (n == 1 && matched == 0)) {
				return 0;
			}
			without += (matched == 0) ? 1 : 0;
			product *= ((matched == 0) ? Math.pow(2, -without) : matched) / all;
		}
		return 100 * Math.pow(product, 0.25) * ((c < r) ? Math.exp(1 - r / c) : 1);
	}

	private static List<String> grams(String text, int n) {
		String[] words = text.split(" ");
		List<String> grams = new ArrayList<>();
		for (int i = 0; i + n <= words.length; i++) {
			grams.add(String.join(" ", Arrays.asList(words).subList(i, i + n)));
		}
		Collections.shuffle(grams, new Random(n));
		return grams;
	}

}
