package io.unfold.training;

/**
 * Training cannot go on: a loss that is no longer a number. The message says where, and
 * what may help.
 */
public class TrainingFailedException extends RuntimeException {

	public TrainingFailedException(String message) {
		super(message);
	}

}
