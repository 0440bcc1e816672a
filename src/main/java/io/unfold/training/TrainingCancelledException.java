package io.unfold.training;

/** Training was asked to stop, and has. */
public class TrainingCancelledException extends RuntimeException {

	public TrainingCancelledException() {
		super("training was cancelled");
	}

}
