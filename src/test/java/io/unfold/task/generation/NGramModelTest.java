package io.unfold.task.generation;

import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class NGramModelTest {

	@Test
	void blendsAsWittenAndBellDo() {
		// bigrams: 0 1, 1 0, 0 1, 1 2; counted are 1, 0, 1, 2
		TokenIds ids = new TokenIds.Ints(new int[] { 0, 1, 0, 1, 2, 1 });
		NGramModel model = new NGramModel(new Passage(ids, 1, 5), 2, 4);
		double unigram = (2 + 3 * 0.25) / (4 + 3);
		assertThat(model.probability(ids, 1)).isCloseTo((2 + 1 * unigram) / (2 + 1), within(1e-12));
		// nothing has followed 2
		assertThat(model.probability(ids, 5)).isCloseTo(unigram, within(1e-12));
	}

	@Test
	void probabilitiesSumToOne() {
		Random random = new Random(4);
		int[] ids = random.ints(500, 0, 5).toArray();
		NGramModel model = new NGramModel(new Passage(new TokenIds.Ints(ids), 1, 400), 4, 7);
		for (int at : new int[] { 1, 2, 50, 450, 499 }) {
			double sum = 0;
			for (int token = 0; token < 7; token++) {
				int[] changed = ids.clone();
				changed[at] = token;
				sum += model.probability(new TokenIds.Ints(changed), at);
			}
			assertThat(sum).isCloseTo(1, within(1e-12));
		}
	}

	@Test
	void longerContextsTellMore() {
		int[] ids = new int[1000];
		for (int i = 0; i < ids.length; i++) {
			ids[i] = (i % 4 == 3) ? 1 : 0;
		}
		Passage all = new Passage(new TokenIds.Ints(ids), 1, 1000);
		double last = Double.POSITIVE_INFINITY;
		for (int order = 1; order <= 4; order++) {
			double nats = new NGramModel(all, order, 2).nats(all) / all.length();
			assertThat(nats).isLessThan(last);
			last = nats;
		}
		assertThat(last).isLessThan(0.05);
	}

}
