package io.unfold.data;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;

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

	private final int rows;

	private final IntUnaryOperator lengths;

	private final int batchSize;

	private final long seed;

	/**
	 * @param rows how many there are
	 * @param lengths number of steps of a row
	 * @param batchSize rows of a full batch
	 */
	public LengthBucketing(int rows, IntUnaryOperator lengths, int batchSize, long seed) {
		if (batchSize < 1) {
			throw new IllegalArgumentException("batchSize must be at least 1");
		}
		this.rows = rows;
		this.lengths = lengths;
		this.batchSize = batchSize;
		this.seed = seed;
	}

	/** Number of batches of an epoch. */
	public int batches() {
		return (int) (((long) this.rows + this.batchSize - 1) / this.batchSize);
	}

	/**
	 * The batches of an epoch in order, each as the numbers of its rows: four bytes of
	 * memory for each row.
	 * @param epoch from 0
	 */
	public List<int[]> epoch(int epoch) {
		// adding the epoch to the seed itself would give seed + 1 the same epochs
		SplittableRandom random = new SplittableRandom(new SplittableRandom(this.seed).nextLong() + epoch);
		int[] rows = new int[this.rows];
		Arrays.setAll(rows, (i) -> i);
		shuffle(rows, random);
		int[] begins = new int[batches() + 1];
		int batch = 0;
		int poolSize = Math.toIntExact(Math.min((long) POOL * this.batchSize, Integer.MAX_VALUE));
		for (int begin = 0; begin < rows.length; begin += Math.min(poolSize, rows.length - begin)) {
			int size = Math.min(poolSize, rows.length - begin);
			sort(rows, begin, size, random);
			batch = cut(begin, size, random, begins, batch);
		}
		int[] order = new int[batches()];
		Arrays.setAll(order, (i) -> i);
		shuffle(order, random);
		return ListView.of(order, (i) -> Arrays.copyOfRange(rows, begins[i], begins[i + 1]));
	}

	/** Sorts rows by length, more or less. */
	private void sort(int[] rows, int begin, int size, SplittableRandom random) {
		int[] pool = Arrays.copyOfRange(rows, begin, begin + size);
		long[] keys = new long[pool.length];
		for (int i = 0; i < pool.length; i++) {
			double blurred = this.lengths.applyAsInt(pool[i]) * (1 + BLUR * random.nextDouble());
			// the blurred length in 1/1000 above the place in the pool
			keys[i] = (Math.min((long) (blurred * 1000), (1L << 38) - 1) << 25) | i;
		}
		Arrays.sort(keys);
		for (int i = 0; i < pool.length; i++) {
			rows[begin + i] = pool[(int) (keys[i] & ((1 << 25) - 1))];
		}
	}

	/**
	 * Cuts rows into batches, the one that is not full at any place.
	 * @param begins receives the row behind each batch
	 * @param batch the first one's number
	 * @return the number of the next
	 */
	private int cut(int begin, int size, SplittableRandom random, int[] begins, int batch) {
		int full = size / this.batchSize;
		int rest = size % this.batchSize;
		int restAt = (rest > 0) ? random.nextInt(full + 1) : -1;
		int next = batch;
		int end = begin;
		for (int i = 0; end < begin + size; i++) {
			end += (i == restAt) ? rest : this.batchSize;
			begins[++next] = end;
		}
		return next;
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
