package io.unfold.task.generation;

import java.util.Arrays;

/** Whole numbers, as many as there come. */
final class IntList {

	private int[] values = new int[1 << 10];

	private int size;

	void add(int value) {
		if (this.size == this.values.length) {
			this.values = Arrays.copyOf(this.values, Math.addExact(this.size, this.size >> 1));
		}
		this.values[this.size++] = value;
	}

	int size() {
		return this.size;
	}

	int get(int index) {
		return this.values[index];
	}

	int[] toArray() {
		return Arrays.copyOf(this.values, this.size);
	}

}
