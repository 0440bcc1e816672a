package io.unfold.task.captioning;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MostFrequentTextTest {

	@Test
	void isTheOneThatCountingFinds() {
		Random random = new Random(1);
		for (int round = 0; round < 200; round++) {
			int different = 1 + random.nextInt(30);
			List<String> texts = random.ints(1 + random.nextInt(60), 0, different)
				.mapToObj((i) -> "text " + i)
				.toList();
			Map<String, Integer> counts = new HashMap<>();
			texts.forEach((text) -> counts.merge(text, 1, Integer::sum));
			int most = Collections.max(counts.values());
			assertThat(MostFrequentText.of(texts)).isEqualTo(
					counts.keySet().stream().filter((text) -> counts.get(text) == most).sorted().findFirst().get());
		}
	}

	@Test
	void isTheFirstInNaturalOrderWhereAllAreDifferent() {
		assertThat(MostFrequentText.of(List.of("c", "b", "d", "a", "e"))).isEqualTo("a");
	}

}
