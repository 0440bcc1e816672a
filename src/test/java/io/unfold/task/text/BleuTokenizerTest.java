package io.unfold.task.text;

import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BleuTokenizerTest {

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			Hello, world!               | Hello , world !
			it costs 1,000.50 dollars.  | it costs 1,000.50 dollars .
			.5 and 5. and a.b           | . 5 and 5 . and a . b
			1990-1995 well-known        | 1990 - 1995 well-known
			don't "quote" (me)          | don't " quote " ( me )
			a/b c_d e^f g~h i`j         | a / b c _ d e ^ f g ~ h i ` j
			&quot;a&quot; &lt;b&gt; R&amp;D | " a " < b > R & D
			<skipped>text...            | text . . .
			»größer« – ja               | »größer« – ja
			""")
	void splitsAsMtevalV13a(String text, String words) {
		assertThat(String.join(" ", BleuTokenizer.V13A.split(text))).isEqualTo(words);
	}

	@Test
	void joinsLinesAsMtevalV13a() {
		assertThat(BleuTokenizer.V13A.split("know-\nledge is\npower\u00a0. ")).containsExactly("knowledge", "is",
				"power", ".");
	}

	@Test
	void leavesTokenisedTextAlone() {
		assertThat(BleuTokenizer.NONE.split("  a, b.\u00a0 c ")).containsExactly("a,", "b.", "c");
	}

	@Test
	void takesEveryCharacterForAWord() {
		assertThat(BleuTokenizer.CHAR.split("ab \ud83d\ude00")).containsExactly("a", "b", "\ud83d\ude00");
	}

	@Test
	void refusesAnUnknownName() {
		assertThatExceptionOfType(InvalidFieldException.class).isThrownBy(() -> BleuTokenizer.of("intl"))
			.withMessageContaining("13a, none, char");
	}

}
