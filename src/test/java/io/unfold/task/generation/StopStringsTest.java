package io.unfold.task.generation;

import java.util.List;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StopStringsTest {

	@Test
	void showsEverythingWhereThereIsNothingToStopAt() {
		StopStrings stops = new StopStrings(List.of());
		assertThat(stops.accept("abc")).isEqualTo("abc");
		assertThat(stops.found()).isFalse();
	}

	@Test
	void findsAStopStringThatSpansTokens() {
		StopStrings stops = new StopStrings(List.of("\n\nROMEO:"));
		assertThat(stops.accept("love.\n")).isEqualTo("love.");
		assertThat(stops.accept("\nRO")).isEmpty();
		assertThat(stops.accept("MEO: I")).isEmpty();
		assertThat(stops.found()).isTrue();
		assertThat(stops.rest()).isEmpty();
	}

	@Test
	void showsWhatWasHeldBackOnceItIsNoStopString() {
		StopStrings stops = new StopStrings(List.of("\n\nROMEO:"));
		assertThat(stops.accept("x\n\nRO")).isEqualTo("x");
		assertThat(stops.accept("SE\n")).isEqualTo("\n\nROSE");
		assertThat(stops.rest()).isEqualTo("\n");
	}

	@Test
	void stopsAtTheFirstOfSeveral() {
		StopStrings stops = new StopStrings(List.of("zz", "b"));
		assertThat(stops.accept("abazz")).isEqualTo("a");
		assertThat(stops.found()).isTrue();
	}

	@Test
	void showsTheSameHoweverTheTextIsCut() {
		Random random = new Random(2);
		for (int i = 0; i < 5000; i++) {
			List<String> stops = List.of(letters(random, 1 + random.nextInt(4)),
					letters(random, 1 + random.nextInt(4)));
			String text = letters(random, random.nextInt(15));
			StopStrings found = new StopStrings(stops);
			StringBuilder shown = new StringBuilder();
			int taken = 0;
			while (taken < text.length() && !found.found()) {
				int next = Math.min(text.length(), taken + 1 + random.nextInt(3));
				shown.append(found.accept(text.substring(taken, next)));
				taken = next;
			}
			String read = text.substring(0, taken);
			int first = stops.stream().mapToInt(read::indexOf).filter((at) -> at >= 0).min().orElse(-1);
			assertThat(found.found()).isEqualTo(first >= 0);
			assertThat(shown + found.rest()).isEqualTo((first >= 0) ? read.substring(0, first) : text);
		}
	}

	private static String letters(Random random, int count) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < count; i++) {
			text.append((char) ('a' + random.nextInt(2)));
		}
		return text.toString();
	}

}
