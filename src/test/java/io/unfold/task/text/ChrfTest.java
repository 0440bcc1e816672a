package io.unfold.task.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * chrF, held to figures that sacreBLEU's own tests state and to the formula by brute
 * force.
 */
class ChrfTest {

	@ParameterizedTest
	@CsvSource({ "a, a, 100", "'', reference, 0", "a b c, a b c, 100", "a b c, abc, 100", "'', c, 0", "aa, ab, 25" })
	void isSacrebleusOfShortTexts(String answer, String reference, double expected) {
		assertThat(new Chrf(3, false).score(List.of(answer), List.of(reference))).isCloseTo(expected, within(1e-4));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					risk assessment must be made of those who are qualified and expertise in the sector - these are the scientists . | \
					risk assessment has to be undertaken by those who are qualified and expert in that area - that is the scientists . | 63.361730
					Die    Beziehung zwischen  Obama und Netanjahu ist nicht gerade  freundlich. | \
					Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich. | 64.1302698
					Niemand hat die Absicht, eine Mauer zu errichten | Niemand hat die Absicht, eine Mauer zu errichten | 100
					""")
	void isSacrebleusPerOrder(String answer, String reference, double expected) {
		// those figures are means of an F-score for each n, which differ in the third
		// decimal
		assertThat(new Chrf(3, false).score(List.of(answer), List.of(reference))).isCloseTo(expected, within(0.05));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					Die Beziehung zwischen Obama und Netanjahu ist nicht gerade freundlich. | \
					Das Verhältnis zwischen Obama und Netanyahu ist nicht gerade freundschaftlich. | 67.3481606
					risk assessment must be made of those who are qualified and expertise in the sector - these are the scientists . | \
					risk assessment has to be undertaken by those who are qualified and expert in that area - that is the scientists . | 65.2414427
					""")
	void isSacrebleusWithBlanks(String answer, String reference, double expected) {
		assertThat(new Chrf(3, true).score(List.of(answer), List.of(reference))).isCloseTo(expected, within(1e-4));
	}

	@Test
	void isCountedOverTheWholeCorpus() {
		assertThat(new Chrf(3, false).score(List.of("a", "b"), List.of("a", "c"))).isCloseTo(50, within(1e-9));
	}

	@Test
	void isTheFormula() {
		Random random = new Random(7);
		for (int corpus = 0; corpus < 200; corpus++) {
			List<String> answers = new ArrayList<>();
			List<String> truth = new ArrayList<>();
			for (int i = 0; i < 1 + random.nextInt(3); i++) {
				answers.add(text(random));
				truth.add(text(random));
			}
			assertThat(Chrf.STANDARD.score(answers, truth)).isCloseTo(byHand(answers, truth), within(1e-9));
		}
	}

	@Test
	void countsCodePoints() {
		assertThat(Chrf.STANDARD.score(List.of("\ud83d\ude00\ud83d\ude01"), List.of("\ud83d\ude00\ud83d\ude02")))
			.isCloseTo(25, within(1e-9));
	}

	private static String text(Random random) {
		StringBuilder text = new StringBuilder();
		for (int i = random.nextInt(12); i >= 0; i--) {
			text.append("ab ".charAt(random.nextInt(3)));
		}
		return text.toString();
	}

	private static double byHand(List<String> answers, List<String> truth) {
		double precision = 0;
		double recall = 0;
		double orders = 0;
		for (int n = 1; n <= 6; n++) {
			double matched = 0;
			double written = 0;
			double right = 0;
			for (int i = 0; i < answers.size(); i++) {
				List<String> left = grams(truth.get(i), n);
				right += left.size();
				if (left.isEmpty()) {
					continue;
				}
				for (String gram : grams(answers.get(i), n)) {
					written++;
					matched += left.remove(gram) ? 1 : 0;
				}
			}
			if (written > 0 && right > 0) {
				precision += matched / written;
				recall += matched / right;
				orders++;
			}
		}
		if (precision == 0) {
			return 0;
		}
		precision /= orders;
		recall /= orders;
		return 500 * precision * recall / (4 * precision + recall);
	}

	private static List<String> grams(String text, int n) {
		String kept = text.replace(" ", "");
		List<String> grams = new ArrayList<>();
		for (int i = 0; i + n <= kept.length(); i++) {
			grams.add(kept.substring(i, i + n));
		}
		return grams;
	}

}
