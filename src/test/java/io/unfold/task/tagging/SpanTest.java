package io.unfold.task.tagging;

import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SpanTest {

	/** Spans as type, first step and the step after the last, worked out by hand. */
	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			O O O                       | ''
			B-city                      | city 0 1
			O B-city I-city O           | city 1 3
			B-city B-city               | city 0 1, city 1 2
			B-city I-city B-city I-city | city 0 2, city 2 4
			I-city I-city O             | city 0 2
			O I-city                    | city 1 2
			B-city I-date I-date        | city 0 1, date 1 3
			I-city I-date I-city        | city 0 1, date 1 2, city 2 3
			B-city O I-city             | city 0 1, city 2 3
			I-city B-city I-city        | city 0 1, city 1 3
			O O B-date I-date           | date 2 4
			B-air-line I-air-line       | air-line 0 2
			B- I-                       | ' 0 2'
			""")
	void areFoundAsConllevalFindsThem(String tags, String expected) {
		List<String> spans = Span.of(List.of(tags.split(" ")))
			.stream()
			.map((span) -> span.type() + " " + span.from() + " " + span.to())
			.toList();
		assertThat(String.join(", ", spans)).isEqualTo(expected);
	}

	@Test
	void areMarkedOnlyWhereEveryTagIsOfTheScheme() {
		assertThat(Span.areMarkedBy(List.of("O", "B-city", "I-city"))).isTrue();
		assertThat(Span.areMarkedBy(List.of("B-x", "I-y"))).isTrue();
		assertThat(Span.areMarkedBy(List.of("O"))).isFalse();
		assertThat(Span.areMarkedBy(List.of("O", "B-city", "noun"))).isFalse();
		assertThat(Span.areMarkedBy(List.of("NOUN", "VERB"))).isFalse();
		assertThat(Span.areMarkedBy(List.of("O", "B"))).isFalse();
	}

}
