package io.unfold.training;

import java.util.List;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * What a training may take: so many epochs, and so many seconds if they are bounded. Time
 * runs from the beginning of training, what came before a checkpoint included; what a
 * crash has lost is not counted.
 */
final class Budget {

	private final int epochs;

	private final @Nullable Integer maxSeconds;

	private final LongSupplier nanoTime;

	private double secondsBefore;

	private long start;

	/**
	 * @param maxSeconds null: no bound
	 */
	Budget(int epochs, @Nullable Integer maxSeconds, LongSupplier nanoTime) {
		this.epochs = epochs;
		this.maxSeconds = maxSeconds;
		this.nanoTime = nanoTime;
		this.start = nanoTime.getAsLong();
	}

	/**
	 * Lets time run on.
	 * @param history the epochs of a checkpoint; empty where training begins
	 */
	void begin(List<EpochMetrics> history) {
		this.secondsBefore = history.stream().mapToDouble(EpochMetrics::seconds).sum();
		this.start = this.nanoTime.getAsLong();
	}

	/** Wall-clock time of training so far. */
	double seconds() {
		return this.secondsBefore + (this.nanoTime.getAsLong() - this.start) / 1e9;
	}

	boolean isTimeUp() {
		return this.maxSeconds != null && seconds() >= this.maxSeconds;
	}

	/**
	 * Share of the training that is over, 0 to 1: of the epochs, or of the seconds where
	 * more of them is.
	 * @param epochs that are over, with the share of the one that is running
	 */
	double progress(double epochs) {
		double share = epochs / this.epochs;
		if (this.maxSeconds != null) {
			share = Math.max(share, seconds() / this.maxSeconds);
		}
		return Math.min(1, share);
	}

}
