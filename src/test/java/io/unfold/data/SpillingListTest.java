package io.unfold.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class SpillingListTest {

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(longs = { 0, 10_000, Long.MAX_VALUE })
	void givesBackWhatWasAdded(long most) {
		SpillingList<int[]> list = new SpillingList<>(this.folder, Codecs.IDS, most);
		List<int[]> expected = new ArrayList<>();
		Random random = new Random(1);
		for (int i = 0; i < 5_000; i++) {
			int[] element = random.ints(random.nextInt(100)).toArray();
			assertThat(list.add(element)).isTrue();
			expected.add(element);
		}
		assertThat(list.isInFile()).isEqualTo(most < Long.MAX_VALUE);
		assertThat(list).hasSize(expected.size());
		for (int i : new int[] { 4_999, 0, 17, 4_998, 2_500 }) {
			assertThat(list.get(i)).isEqualTo(expected.get(i));
		}
		int next = 0;
		for (int[] element : list) {
			assertThat(element).isEqualTo(expected.get(next++));
		}
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(5_000));
		assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> list.get(-1));
	}

	@Test
	void canBeReadByManyThreads() {
		SpillingList<int[]> list = new SpillingList<>(this.folder, Codecs.IDS, 0);
		IntStream.range(0, 10_000).forEach((i) -> list.add(new int[] { i }));
		assertThat(IntStream.range(0, 10_000).parallel().filter((i) -> list.get(i)[0] != i).count()).isZero();
	}

	@Test
	void canStillBeReadWhenAReaderWasInterrupted() {
		SpillingList<int[]> list = new SpillingList<>(this.folder, Codecs.IDS, 0);
		IntStream.range(0, 100_000).forEach((i) -> list.add(new int[] { i }));
		Thread.currentThread().interrupt();
		try {
			assertThat(list.get(3)).containsExactly(3);
		}
		finally {
			assertThat(Thread.interrupted()).isTrue();
		}
		assertThat(list.get(99_999)).containsExactly(99_999);
	}

	@Test
	void leavesNoNameBehind() throws IOException {
		SpillingList<int[]> list = new SpillingList<>(this.folder, Codecs.IDS, 0);
		IntStream.range(0, 100_000).forEach((i) -> list.add(new int[] { i }));
		assertThat(list.isInFile()).isTrue();
		if (this.folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			try (Stream<Path> files = Files.list(this.folder)) {
				assertThat(files).isEmpty();
			}
		}
	}

	@Test
	void keepsSequencesOfEveryKind() {
		SpillingList<Sequence> list = new SpillingList<>(this.folder, Codecs.SEQUENCE, 0);
		float[][] steps = { { 1, -0f }, { Float.MIN_VALUE, Float.MAX_VALUE } };
		Stream
			.of(new Sequence.Numbers(steps), new Sequence.Tokens(List.of("a b", "\uD83D\uDE00")),
					new Sequence.Text("x".repeat(100_000) + "\u00FC\n"))
			.forEach(list::add);
		assertThat(((Sequence.Numbers) list.get(0)).steps()).isDeepEqualTo(steps);
		assertThat(list.get(1)).isEqualTo(new Sequence.Tokens(List.of("a b", "\uD83D\uDE00")));
		assertThat(list.get(2)).isEqualTo(new Sequence.Text("x".repeat(100_000) + "\u00FC\n"));
	}

}
