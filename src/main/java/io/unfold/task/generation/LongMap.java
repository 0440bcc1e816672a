package io.unfold.task.generation;

/**
 * Numbers by keys from 0 up, 0 where there is none yet: open addressing, nothing boxed.
 */
final class LongMap {

	private static final long SPREAD = 0x9E3779B97F4A7C15L;

	/** The keys plus one; 0 is a free place. */
	private long[] keys = new long[1 << 10];

	private int[] values = new int[1 << 10];

	private int size;

	int get(long key) {
		return this.values[place(this.keys, key)];
	}

	/** Adds to the value of a key, and returns the sum. */
	int add(long key, int summand) {
		int place = place(this.keys, key);
		if (this.keys[place] == 0) {
			if (this.size >= this.keys.length / 2) {
				grow();
				place = place(this.keys, key);
			}
			this.keys[place] = key + 1;
			this.size++;
		}
		this.values[place] += summand;
		return this.values[place];
	}

	private static int place(long[] keys, long key) {
		int place = (int) (((key + 1) * SPREAD) >>> 32) & (keys.length - 1);
		while (keys[place] != 0 && keys[place] != key + 1) {
			place = place + 1 & keys.length - 1;
		}
		return place;
	}

	private void grow() {
		long[] oldKeys = this.keys;
		int[] oldValues = this.values;
		this.keys = new long[Math.multiplyExact(2, oldKeys.length)];
		this.values = new int[this.keys.length];
		for (int i = 0; i < oldKeys.length; i++) {
			if (oldKeys[i] != 0) {
				int place = place(this.keys, oldKeys[i] - 1);
				this.keys[place] = oldKeys[i];
				this.values[place] = oldValues[i];
			}
		}
	}

}
