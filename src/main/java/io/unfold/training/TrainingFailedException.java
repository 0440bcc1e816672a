package io.unfold.training;

import org.jspecify.annotations.Nullable;

/**
 * Training cannot go on: a loss that is no longer a number. The message says where, and
 * what may help.
 */
public class TrainingFailedException extends RuntimeException {

	private final transient @Nullable TrainedModel best;

	public TrainingFailedException(String message) {
		this(message, null);
	}

	/**
	 * @param best the best model so far; null where no epoch has ended well
	 */
	public TrainingFailedException(String message, @Nullable TrainedModel best) {
		super(message);
		this.best = best;
	}

	/** The best model so far; null where no epoch has ended well. */
	public @Nullable TrainedModel best() {
		return this.best;
	}

}
