package io.unfold.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ParallelTextTest {

	private static final int LINES = 60;

	@Test
	void pairsLinesWhateverTheirEnds() throws IOException {
		ByteArrayOutputStream out = new ByteArrayOutputStream();
		ParallelText text = ParallelText.write(stream("\uFEFFa \"dog\"\r\n\r\na\tcat"),
				stream("ein Hund\nleer\neine Katze\n"), out);
		assertThat(text).isEqualTo(new ParallelText(2, 1));
		assertThat(out.toString(StandardCharsets.UTF_8))
			.isEqualTo("{\"source\":\"a \\\"dog\\\"\",\"target\":\"ein Hund\"}\n"
					+ "{\"source\":\"a\\tcat\",\"target\":\"eine Katze\"}\n");
	}

	@ParameterizedTest
	@ValueSource(ints = { 5, 30, 55 })
	void namesBothCountsAndWhereTheLinesAreShifted(int missing) {
		String source = lines("word ", -1);
		for (boolean swapped : new boolean[] { false, true }) {
			InputStream whole = stream(source);
			InputStream cut = stream(lines("Wort ", missing));
			assertThatExceptionOfType(InvalidRequestException.class)
				.isThrownBy(() -> ParallelText.write(swapped ? cut : whole, swapped ? whole : cut,
						new ByteArrayOutputStream()))
				.withMessageContaining(String.valueOf(LINES))
				.withMessageContaining(String.valueOf(LINES - 1))
				.satisfies((fault) -> assertThat(fault.violations().get(0).line()).isEqualTo(missing + 1L));
		}
	}

	@Test
	void saysNothingOfAShiftInAFewLines() {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> ParallelText.write(stream("a\nb\n"), stream("a\n"), new ByteArrayOutputStream()))
			.satisfies((fault) -> assertThat(fault.violations().get(0).line()).isNull());
	}

	/** Lines of different lengths, one of them left out. */
	private static String lines(String word, int missing) {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < LINES; i++) {
			lines.append((i == missing) ? "" : word.repeat(1 + i * 7 % 13) + "end\n");
		}
		return lines.toString();
	}

	private static InputStream stream(String text) {
		return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
	}

}
