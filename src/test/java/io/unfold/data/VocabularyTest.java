package io.unfold.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.unfold.data.Vocabulary.Kind;
import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class VocabularyTest {

	private static final List<String> TOKENS = List.of("b", "a", "c", "c", "d", "d", "d", "a");

	@Test
	void numbersTokensByFrequencyThenByName() {
		assertThat(counter(TOKENS).vocabulary(Kind.CLOSED).tokens()).containsExactly("d", "a", "c", "b");
	}

	@Test
	void doesNotDependOnTheOrderOfTokens() {
		List<String> shuffled = new ArrayList<>(TOKENS);
		Collections.shuffle(shuffled, new Random(3));
		assertThat(counter(shuffled).vocabulary(Kind.OPEN)).isEqualTo(counter(TOKENS).vocabulary(Kind.OPEN));
	}

	@Test
	void leavesOutRareTokens() {
		assertThat(counter(TOKENS).vocabulary(Kind.OPEN, 2, 100).tokens()).containsExactly("d", "a", "c");
		assertThat(counter(TOKENS).vocabulary(Kind.MARKED, 1, 5).tokens()).containsExactly("d", "a");
		assertThat(counter(TOKENS).vocabulary(Kind.MARKED, 1, 5).size()).isEqualTo(5);
		assertThat(counter(TOKENS).vocabulary(Kind.MARKED, 1, 2).size()).isEqualTo(3);
	}

	@Test
	void putsSpecialTokensFirst() {
		Vocabulary vocabulary = counter(TOKENS).vocabulary(Kind.MARKED);
		assertThat(List.of(vocabulary.unknown(), vocabulary.start(), vocabulary.end(), vocabulary.id("d")))
			.containsExactly(0, 1, 2, 3);
		assertThat(vocabulary.token(2)).isEqualTo("</s>");
		assertThat(vocabulary.encode(List.of("d", "x", "b"))).containsExactly(3, 0, 6);
		assertThat(vocabulary.decode(new int[] { 1, 3, 0, 2 })).containsExactly("d", "<unk>");
	}

	@Test
	void takesSpecialTokensInTextsForUnknown() {
		Vocabulary vocabulary = counter(List.of("</s>", "<s>", "<unk>", "a")).vocabulary(Kind.MARKED);
		assertThat(vocabulary.tokens()).containsExactly("a");
		assertThat(vocabulary.encode(List.of("</s>", "<s>", "<unk>"))).containsExactly(0, 0, 0);
		assertThat(vocabulary.contains("</s>")).isFalse();
	}

	@Test
	void closedVocabularyKnowsNoOtherTokens() {
		Vocabulary labels = counter(List.of("up", "<s>")).vocabulary(Kind.CLOSED);
		assertThat(labels.size()).isEqualTo(2);
		assertThat(labels.contains("down")).isFalse();
		assertThatIllegalArgumentException().isThrownBy(() -> labels.id("down")).withMessageContaining("down");
		assertThatIllegalStateException().isThrownBy(labels::unknown);
		assertThatIllegalStateException().isThrownBy(() -> counter(TOKENS).vocabulary(Kind.OPEN).end());
	}

	@Test
	void isReadFromItsJson() {
		JsonMapper json = new JsonMapper();
		for (Kind kind : Kind.values()) {
			Vocabulary vocabulary = counter(List.of("ä", "\"", "𝄞", " ")).vocabulary(kind);
			String written = json.writeValueAsString(vocabulary);
			assertThat(json.readValue(written, Vocabulary.class)).isEqualTo(vocabulary);
		}
		assertThat(json.writeValueAsString(counter(List.of("a")).vocabulary(Kind.MARKED)))
			.isEqualTo("{\"kind\":\"marked\",\"tokens\":[\"a\"]}");
	}

	@Test
	void refusesTokensTwiceAndSpecialOnes() {
		assertThatThrownBy(() -> new Vocabulary(Kind.OPEN, List.of("a", "a"))).isInstanceOf(InvalidFieldException.class)
			.hasMessageContaining("twice");
		assertThatThrownBy(() -> new Vocabulary(Kind.OPEN, List.of("a", "<unk>")))
			.isInstanceOf(InvalidFieldException.class);
	}

	@Test
	void encodesAndDecodesLargeVocabulary() {
		Vocabulary.Counter counter = new Vocabulary.Counter();
		for (int i = 0; i < 50_000; i++) {
			counter.add("token" + i);
		}
		Vocabulary vocabulary = counter.vocabulary(Kind.OPEN);
		assertThat(vocabulary.size()).isEqualTo(50_001);
		List<String> tokens = vocabulary.tokens();
		assertThat(vocabulary.decode(vocabulary.encode(tokens))).isEqualTo(tokens);
	}

	private static Vocabulary.Counter counter(List<String> tokens) {
		return new Vocabulary.Counter().addAll(tokens);
	}

}
