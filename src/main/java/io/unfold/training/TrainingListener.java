package io.unfold.training;

/** Hears how training goes. Called on the training thread: it must return quickly. */
public interface TrainingListener {

	/** How far training has come; at most every few hundred milliseconds. */
	void progress(Progress progress);

	/** An epoch has ended. */
	void epoch(EpochMetrics metrics);

	/** Whether training should stop; asked before every mini-batch. */
	boolean cancelled();

	/**
	 * @param fraction of the whole, 0 to 1
	 * @param epoch the epoch that is running, from 1
	 * @param epochs epochs at most
	 * @param message what is being done, for people
	 */
	record Progress(double fraction, int epoch, int epochs, String message) {
	}

}
