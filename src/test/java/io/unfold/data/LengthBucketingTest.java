package io.unfold.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LengthBucketingTest {

	@ParameterizedTest
	@CsvSource({ "1,1", "10,3", "10,10", "10,32", "1000,32", "100000,7", "0,4" })
	void givesEveryRowOnce(int rows, int batchSize) {
		LengthBucketing bucketing = bucketing(lengths(rows), batchSize, 1);
		for (int epoch = 0; epoch < 2; epoch++) {
			List<int[]> batches = bucketing.epoch(epoch);
			assertThat(batches).hasSize(bucketing.batches());
			assertThat(batches.stream().flatMapToInt(Arrays::stream).sorted().toArray())
				.isEqualTo(IntStream.range(0, rows).toArray());
			assertThat(batches.stream().filter((batch) -> batch.length < batchSize).count()).isLessThanOrEqualTo(1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "300,32", "10000,32", "100000,64" })
	void padsLittle(int rows, int batchSize) {
		int[] lengths = lengths(rows);
		long steps = Arrays.stream(lengths).sum();
		long padded = 0;
		for (int[] batch : bucketing(lengths, batchSize, 3).epoch(0)) {
			padded += (long) batch.length * Arrays.stream(batch).map((row) -> lengths[row]).max().orElseThrow();
		}
		assertThat((double) padded / steps).isLessThan((rows < 1000) ? 1.2 : 1.1);
	}

	@Test
	void isTheSameForTheSameSeedAndEpoch() {
		LengthBucketing bucketing = bucketing(lengths(500), 16, 9);
		int[][] first = bucketing.epoch(4).toArray(int[][]::new);
		bucketing.epoch(5);
		assertThat(bucketing.epoch(4).toArray(int[][]::new)).isDeepEqualTo(first);
		assertThat(bucketing(lengths(500), 16, 9).epoch(4).toArray(int[][]::new)).isDeepEqualTo(first);
		assertThat(bucketing.epoch(5).get(0)).isNotEqualTo(first[0]);
		assertThat(bucketing(lengths(500), 16, 10).epoch(4).get(0)).isNotEqualTo(first[0]);
	}

	@Test
	void mixesLengthsOverTheEpochAndNeighboursOverEpochs() {
		int[] lengths = lengths(3200);
		LengthBucketing bucketing = bucketing(lengths, 32, 1);
		double firstHalf = bucketing.epoch(0)
			.stream()
			.limit(50)
			.flatMapToInt(Arrays::stream)
			.map((row) -> lengths[row])
			.average()
			.orElseThrow();
		assertThat(firstHalf).isBetween(90.0, 130.0);
		assertThat(neighbours(bucketing.epoch(0))).isNotEqualTo(neighbours(bucketing.epoch(1)));
	}

	private static List<Integer> neighbours(List<int[]> batches) {
		return batches.stream()
			.filter((batch) -> Arrays.stream(batch).anyMatch((row) -> row == 0))
			.flatMapToInt(Arrays::stream)
			.sorted()
			.boxed()
			.toList();
	}

	private static LengthBucketing bucketing(int[] lengths, int batchSize, long seed) {
		return new LengthBucketing(lengths.length, (row) -> lengths[row], batchSize, seed);
	}

	/** Evenly from 20 to 200. */
	private static int[] lengths(int rows) {
		SplittableRandom random = new SplittableRandom(rows);
		return random.ints(rows, 20, 201).toArray();
	}

	@Test
	void packsTimeSlowestAndRowsFastest() {
		float[][] one = { { 1, 2 }, { 3, 4 } };
		float[][] other = { { 5, 6 } };
		assertThat(Packing.values(List.of(one, other))).containsExactly(1, 5, 2, 6, 3, 0, 4, 0);
		assertThat(Packing.ids(List.of(new int[] { 7 }, new int[] { 8, 9 }))).containsExactly(7, 8, 0, 9);
	}

}
