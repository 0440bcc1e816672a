package io.unfold.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Which rows make up the mini-batches of an epoch: rows of similar length together, so
 * that little is padded; every row once; other neighbours and another order in every
 * epoch; the same for the same seed. All batches are full but one. Immutable.
 */
public final class LengthBucketing {

	/** Batches whose rows are sorted together. */
	private static final int POOL = 64;

	/** Share of its length by which a row's place in the order is blurred. */
	private static final double BLUR = 0.1;

	private final int[] lengths;

	private final int batchSize;

	private final long seed;

	/**
	 * @param lengths number of steps of each row
	 * @param batchSize rows of a full batch
	 */
	public LengthBucketing(int[] lengths, int batchSize, long seed) {
		if (batchSize < 1) {
			throw new IllegalArgumentException("batchSize must be at least 1");
		}
		this.lengths = lengths.clone();
		this.batchSize = batchSize;
		this.seed = seed;
	}

	/** Number of batches of an epoch. */
	public int batches() {
		return (int) (((long) this.lengths.length + this.batchSize - 1) / this.batchSize);
	}

	/**
	 * The batches of an epoch in order, each as the numbers of its rows.
	 * @param epoch from 0
	 */
	public List<int[]> epoch(int epoch) {
		// adding the epoch to the seed itself would give seed + 1 the same epochs
		SplittableRandom random = new SplittableRandom(new SplittableRandom(this.seed).nextLong() + epoch);
		int[] rows = new int[this.lengths.length];
		Arrays.setAll(rows, (i) -> i);
		shuffle(rows, random);
		List<int[]> batches = new ArrayList<>(batches());
		int poolSize = Math.toIntExact(Math.min((long) POOL * this.batchSize, Integer.MAX_VALUE));
		for (int begin = 0; begin < rows.length; begin += Math.min(poolSize, rows.length - begin)) {
			int[] pool = Arrays.copyOfRange(rows, begin, begin + Math.min(poolSize, rows.length - begin));
			cut(sorted(pool, random), random, batches);
		}
		int[] order = new int[batches.size()];
		Arrays.setAll(order, (i) -> i);
		shuffle(order, random);
		return Arrays.stream(order).mapToObj(batches::get).toList();
	}

	/** The rows by length, more or less. */
	private int[] sorted(int[] pool, SplittableRandom random) {
		long[] keys = new long[pool.length];
		for (int i = 0; i < pool.length; i++) {
			double blurred = this.lengths[pool[i]] * (1 + BLUR * random.nextDouble());
			// the blurred length in 1/1000 above the place in the pool
			keys[i] = (Math.min((long) (blurred * 1000), (1L << 38) - 1) << 25) | i;
		}
		Arrays.sort(keys);
		int[] sorted = new int[pool.length];
		for (int i = 0; i < pool.length; i++) {
			sorted[i] = pool[(int) (keys[i] & ((1 << 25) - 1))];
		}
		return sorted;
	}

	/** Cuts sorted rows into batches, the one that is not full at any place. */
	private void cut(int[] sorted, SplittableRandom random, List<int[]> batches) {
		int full = sorted.length / this.batchSize;
		int rest = sorted.length % this.batchSize;
		int restAt = (rest > 0) ? random.nextInt(full + 1) : -1;
		int begin = 0;
		for (int i = 0; begin < sorted.length; i++) {
			int end = begin + ((i == restAt) ? rest : this.batchSize);
			batches.add(Arrays.copyOfRange(sorted, begin, end));
			begin = end;
		}
	}

	private static void shuffle(int[] values, SplittableRandom random) {
		for (int i = values.length - 1; i > 0; i--) {
			int j = random.nextInt(i + 1);
			int value = values[i];
			values[i] = values[j];
			values[j] = value;
		}
	}

}
