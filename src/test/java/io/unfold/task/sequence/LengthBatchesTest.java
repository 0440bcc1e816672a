package io.unfold.task.sequence;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.unfold.task.sequence.SequenceEncoder.Encoded;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LengthBatchesTest {

	@Test
	void everySequenceIsInOneBatchBesideOthersOfItsLength() {
		Random random = new Random(1);
		List<Encoded> sequences = sequences(IntStream.range(0, 300).map((i) -> 1 + random.nextInt(50)).toArray());
		List<int[]> batches = LengthBatches.of(sequences);
		assertThat(batches).hasSize(5).allSatisfy((batch) -> assertThat(batch).hasSizeLessThanOrEqualTo(64));
		assertThat(batches.stream().flatMapToInt(IntStream::of).sorted().toArray())
			.isEqualTo(IntStream.range(0, 300).toArray());
		int longest = 0;
		for (int[] batch : batches) {
			for (int i : batch) {
				assertThat(sequences.get(i).steps()).isGreaterThanOrEqualTo(longest);
			}
			longest = IntStream.of(batch).map((i) -> sequences.get(i).steps()).max().orElseThrow();
		}
	}

	@Test
	void longSequencesAreFewInABatch() {
		List<int[]> batches = LengthBatches.of(sequences(100_000, 90_000, 40_000, 40_000, 40_000, 40_000, 3));
		assertThat(batches.stream().map((batch) -> batch.length)).containsExactly(3, 2, 1, 1);
	}

	@Test
	void thereAreNoBatchesOfNothing() {
		assertThat(LengthBatches.of(List.of())).isEmpty();
	}

	private static List<Encoded> sequences(int... steps) {
		List<Encoded> sequences = new ArrayList<>();
		IntStream.of(steps).forEach((n) -> sequences.add(new TokenEncoder.Ids(new int[n])));
		return sequences;
	}

}
