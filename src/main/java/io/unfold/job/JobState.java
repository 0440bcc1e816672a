package io.unfold.job;

/** Where a training job stands. */
public enum JobState {

	/** It waits for a worker. */
	QUEUED,

	/** A worker trains it. */
	RUNNING,

	/** It was asked to stop and has not stopped yet. */
	CANCELLING,

	/** Its model is published. */
	SUCCEEDED,

	/** It has ended without a model; the job's error says why. */
	FAILED,

	/** It was stopped on request. */
	CANCELLED;

	/** Whether the job has come to its end: an ended job never changes. */
	public boolean ended() {
		return this == SUCCEEDED || this == FAILED || this == CANCELLED;
	}

}
