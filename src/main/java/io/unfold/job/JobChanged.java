package io.unfold.job;

/**
 * Published after a change of a job has been committed.
 *
 * @param id the job's id
 * @param state where the job stands now
 */
public record JobChanged(String id, JobState state) {
}
