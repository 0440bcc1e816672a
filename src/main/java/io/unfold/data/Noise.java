package io.unfold.data;

import java.util.Random;

/**
 * Chance that is the same on every machine: only what {@link Random} specifies to the
 * last bit is used of it.
 */
final class Noise {

	private final Random random;

	Noise(long seed) {
		this.random = new Random(seed);
	}

	/** A whole number from 0, below the bound. */
	int below(int bound) {
		return this.random.nextInt(bound);
	}

	/** Whether something of that probability happens. */
	boolean happens(double probability) {
		return this.random.nextDouble() < probability;
	}

	/** A number between two, evenly. */
	double between(double low, double high) {
		return low + (high - low) * this.random.nextDouble();
	}

	/** A number of nearly normal distribution, mean 0: the sum of twelve even ones. */
	double normal(double deviation) {
		double sum = -6;
		for (int i = 0; i < 12; i++) {
			sum += this.random.nextDouble();
		}
		return deviation * sum;
	}

	/** One of some. */
	<T> T oneOf(T[] choices) {
		return choices[below(choices.length)];
	}

}
