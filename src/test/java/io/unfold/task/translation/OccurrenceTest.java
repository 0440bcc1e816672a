package io.unfold.task.translation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import io.unfold.data.Subwords;
import io.unfold.data.Tokenizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OccurrenceTest {

	private static final Tokenizer SUBWORDS = Subwords.learn(
			Stream.of("the red dog and the dog in new york", "New York red redden well-known, the house no. 12"), 60);

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			dog=Hund                       | the red Dog and the dog  | Hund@Dog Hund@dog
			red dog=x; dog=y; red=z        | the red  dog, a dog, red | x@red dog y@dog z@red
			red=z                          | redden the red, scared   | z@red
			the dog=a; dog in=b            | the dog in the house     | a@the dog
			New York=N; new york=n         | New York and new york    | N@New York n@new york
			NEW YORK=N                     | in New York              | N@New York
			known=x; well-known=y          | the well-known           | y@well-known
			known=x                        | the well-known           | ''
			no. 12=x                       | house no. 12, no. 123    | x@no. 12
			dog=x                          | hotdog dogs              | ''
			""")
	void areWholeWordsInAnyCaseTheLongestFirst(String glossary, String text, String expected) {
		for (Tokenizer tokenizer : List.of(Tokenizer.WORDS, Tokenizer.CHARACTERS, SUBWORDS)) {
			assertThat(found(tokenizer, glossary, text)).as(tokenizer.toString()).isEqualTo(expected);
		}
	}

	@Test
	void areFoundWhereWordsHaveNoSpacesBetweenThem() {
		assertThat(found(Tokenizer.CHARACTERS, "\u6771\u4eac=Tokio", "\u79c1\u306f\u6771\u4eac\u306b\u3044\u308b"))
			.isEqualTo("Tokio@\u6771\u4eac");
	}

	private static String found(Tokenizer tokenizer, String glossary, String text) {
		List<Glossary.Term> terms = Arrays.stream(glossary.split("; "))
			.map((term) -> new Glossary.Term(term.substring(0, term.indexOf('=')),
					term.substring(term.indexOf('=') + 1)))
			.toList();
		List<String> tokens = tokenizer.split(text);
		return String.join(" ",
				new Occurrence.Finder(tokenizer, new Glossary(terms)).in(tokens)
					.stream()
					.map((one) -> one.target() + "@" + tokenizer.join(tokens.subList(one.from(), one.to())))
					.toList());
	}

}
