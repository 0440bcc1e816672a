package io.unfold.data;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TokenizerTest {

	@Test
	void splitsCharactersByCodePointAndCollapsesSpacing() {
		assertThat(Tokenizer.CHARACTERS.split("  a\t\u00a0 𝄞é \n")).containsExactly("a", " ", "𝄞", "é");
		assertThat(Tokenizer.CHARACTERS.split(" \n ")).isEmpty();
	}

	private static List<Tokenizer> tokenizers() {
		return Stream.of(TokenKind.values())
			.map((kind) -> kind.learn(Stream.of("May 3, 2021", "may be a maybe"), Vocabulary.Kind.OPEN, 40))
			.toList();
	}

	@Test
	void givesSameTokensWhateverTheSpacing() {
		for (Tokenizer tokenizer : tokenizers()) {
			assertThat(tokenizer.split(" May  3,\t2021\r\n")).isEqualTo(tokenizer.split("May 3, 2021"));
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
			Don't stop, he said.    | Don't,stop,COMMA,he,said,.
			a well-known U.S. firm? | a,well-known,U.S,.,firm,?
			1COMMA000.5 at 12:30COMMA or -5! | 1COMMA000.5,at,12:30,COMMA,or,-5,!
			"ja"(nein)              | ",ja,",(,nein,)
			3 - 4=-1                | 3,-,4,=,-,1
			wait...what             | wait,.,.,.,what
			e\u0301te👍🏽 ok         | e\u0301te,👍🏽,ok
			'tis                    | ',tis
			""")
	void splitsWordsFromPunctuation(String text, String tokens) {
		assertThat(Tokenizer.WORDS.split(text.replace("COMMA", ","))).containsExactlyElementsOf(
				List.of(tokens.split(",")).stream().map((t) -> t.replace("COMMA", ",")).toList());
	}

	@ParameterizedTest
	@ValueSource(strings = { "Hello, world!", "He said: \"Don't go (yet)\", and left.", "Is it 3.5%, or $5?",
			"The dogs' bones; the cat's.", "A 'quoted' word and a well-known one...", "¿Qué tal? «Bien», dijo.",
			"Wait… he's at a@b.example, isn’t he?", "“Two” and ‘one’ [sic] {x}", "It costs 5 € for two, or £3.",
			"salt & pepper - and more", "ein Mann sitzt auf einem Stuhl ." })
	void joinsWordsAsTheyWere(String sentence) {
		// a full stop that stood apart moves to its word
		assertThat(Tokenizer.WORDS.join(Tokenizer.WORDS.split(sentence))).isEqualTo(sentence.replace(" .", "."));
	}

	@Test
	void joiningChangesNoTokens() {
		SplittableRandom random = new SplittableRandom(1);
		String alphabet = "ab1 9 ,.;:!?()[]\"'-+%$€&/ \u00a0é𝄞";
		int[] points = alphabet.codePoints().toArray();
		for (int i = 0; i < 2000; i++) {
			StringBuilder text = new StringBuilder();
			random.ints(random.nextInt(30), 0, points.length).forEach((p) -> text.appendCodePoint(points[p]));
			String collapsed = text.toString().replaceAll("[ \u00a0]+", " ").strip();
			assertThat(Tokenizer.CHARACTERS.join(Tokenizer.CHARACTERS.split(text.toString()))).isEqualTo(collapsed);
			String joined = String.join("", Tokenizer.WORDS.split(text.toString()));
			assertThat(joined).isEqualTo(collapsed.replace(" ", ""));
		}
	}

	@Test
	void joinsNothingToNothing() {
		for (Tokenizer tokenizer : tokenizers()) {
			assertThat(tokenizer.join(List.of())).isEmpty();
		}
	}

	@Test
	void keepsEveryBlankWhereItSplitsExactly() {
		String text = "  To be,\n\n or\tnot...  to\u00a0be: 'tis 12 1/2?\r\n ";
		for (Tokenizer tokenizer : tokenizers()) {
			assertThat(String.join("", tokenizer.splitExactly(text))).isEqualTo(text);
		}
	}

	@Test
	void isStoredAndReadBack() {
		JsonMapper json = new JsonMapper();
		for (Tokenizer tokenizer : tokenizers()) {
			String stored = json.writeValueAsString(tokenizer);
			assertThat(json.readValue(stored, Tokenizer.class)).isEqualTo(tokenizer);
		}
		assertThat(json.writeValueAsString(Tokenizer.WORDS)).isEqualTo("\"words\"");
	}

	@Test
	void kindIsNamedInJson() {
		JsonMapper json = new JsonMapper();
		assertThat(json.writeValueAsString(TokenKind.values())).isEqualTo("[\"words\",\"characters\",\"subwords\"]");
		assertThat(json.readValue("\"characters\"", TokenKind.class)).isEqualTo(TokenKind.CHARACTERS);
		assertThatThrownBy(() -> TokenKind.of("letters")).isInstanceOf(InvalidFieldException.class)
			.hasMessageContaining("words, characters, subwords");
	}

}
