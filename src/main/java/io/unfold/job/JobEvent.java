package io.unfold.job;

/**
 * Something that happened to a job, as its event stream tells it.
 *
 * @param id rises with every event of the job, from 1
 * @param type progress, metric, state or end
 * @param data JSON
 */
public record JobEvent(long id, String type, String data) {

	/** How far training has come; only the newest is kept. */
	public static final String PROGRESS = "progress";

	/** Figures of an epoch. */
	public static final String METRIC = "metric";

	/** The job has come to another state. */
	public static final String STATE = "state";

	/** The job has ended: its last event. */
	public static final String END = "end";

}
