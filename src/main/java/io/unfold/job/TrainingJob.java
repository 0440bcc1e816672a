package io.unfold.job;

import java.time.Instant;

import io.unfold.problem.ConflictException;
import io.unfold.training.TrainingListener.Progress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A training job as it stands. Its methods are the only ways from one state to another.
 *
 * @param id a UUID
 * @param state where it stands
 * @param model name of the model to be published
 * @param modelVersion the published version; null before, and when it failed or was
 * cancelled, unless it failed as the numbers went bad: then the best model so far
 * @param task type of the task
 * @param dataset what it is trained on; null where the request brought its own data
 * @param inputs what it reads beside that
 * @param request the request as it was sent, but for inline examples
 * @param attempts how many times a worker has begun it
 * @param crashes how many times in a row the service died while it ran, without a new
 * checkpoint in between
 * @param progress how far it has come; null before the first report
 * @param metrics figures of the newest epoch, as JSON; null before the first
 * @param evaluation on held-out data, as JSON; null before success
 * @param error why it failed; null unless it did
 * @param createdAt when it was posted
 * @param startedAt when a worker first began it
 * @param finishedAt when it ended
 * @param version counts every change
 */
public record TrainingJob(String id, JobState state, String model, @Nullable Integer modelVersion, String task,
		@Nullable DatasetRef dataset, JobInputs inputs, JsonNode request, int attempts, int crashes,
		@Nullable Progress progress, @Nullable JsonNode metrics, @Nullable JsonNode evaluation,
		@Nullable JobFailure error, Instant createdAt, @Nullable Instant startedAt, @Nullable Instant finishedAt,
		long version) {

	/** A job that has just been posted. */
	static TrainingJob queued(String id, String model, String task, @Nullable DatasetRef dataset, JobInputs inputs,
			JsonNode request, Instant now) {
		return new TrainingJob(id, JobState.QUEUED, model, null, task, dataset, inputs, request, 0, 0, null, null, null,
				null, now, null, null, 0);
	}

	/** A worker begins. */
	TrainingJob start(Instant now) {
		require(JobState.QUEUED);
		return with(JobState.RUNNING, this.attempts + 1, this.crashes, (this.startedAt != null) ? this.startedAt : now);
	}

	/**
	 * The worker was stopped, because the service is: another goes on from the
	 * checkpoint.
	 */
	TrainingJob requeue() {
		require(JobState.RUNNING);
		return with(JobState.QUEUED, this.attempts, this.crashes, this.startedAt);
	}

	/**
	 * The service died while the job ran. It is queued again, unless that has happened
	 * too often.
	 * @param maxCrashes how often in a row it may happen
	 */
	TrainingJob crash(int maxCrashes, Instant now) {
		require(JobState.RUNNING);
		int count = this.crashes + 1;
		return (count < maxCrashes) ? with(JobState.QUEUED, this.attempts, count, this.startedAt)
				: end(JobState.FAILED, null, null, JobFailure.crashes(count), now);
	}

	/** Asked to stop: at once where no worker has it. Asking twice is as good as once. */
	TrainingJob cancel(Instant now) {
		return switch (this.state) {
			case QUEUED -> end(JobState.CANCELLED, null, null, null, now);
			case RUNNING -> with(JobState.CANCELLING, this.attempts, this.crashes, this.startedAt);
			case CANCELLING, CANCELLED -> this;
			case SUCCEEDED, FAILED ->
				throw new ConflictException("the job has " + this.state + " and can no longer be cancelled");
		};
	}

	/** The worker has stopped as asked. */
	TrainingJob cancelled(Instant now) {
		require(JobState.CANCELLING);
		return end(JobState.CANCELLED, null, null, null, now);
	}

	/** The model is published; asking to stop came too late if it came. */
	TrainingJob succeed(int publishedVersion, JsonNode evaluated, Instant now) {
		require(JobState.RUNNING, JobState.CANCELLING);
		return end(JobState.SUCCEEDED, publishedVersion, evaluated, null, now);
	}

	TrainingJob fail(JobFailure failure, Instant now) {
		return fail(failure, null, now);
	}

	/**
	 * Training could not go on.
	 * @param keptVersion the best model so far, which is published; null: none
	 */
	TrainingJob fail(JobFailure failure, @Nullable Integer keptVersion, Instant now) {
		require(JobState.RUNNING, JobState.CANCELLING);
		return end(JobState.FAILED, keptVersion, null, failure, now);
	}

	/** Whether it reads the dataset of that id. */
	boolean reads(String datasetId) {
		return (this.dataset != null && this.dataset.id().equals(datasetId)) || this.inputs.reads(datasetId);
	}

	private void require(JobState... allowed) {
		for (JobState state : allowed) {
			if (this.state == state) {
				return;
			}
		}
		throw new IllegalStateException("job " + this.id + " is " + this.state);
	}

	private TrainingJob with(JobState next, int attempts, int crashes, @Nullable Instant startedAt) {
		return new TrainingJob(this.id, next, this.model, this.modelVersion, this.task, this.dataset, this.inputs,
				this.request, attempts, crashes, this.progress, this.metrics, this.evaluation, this.error,
				this.createdAt, startedAt, this.finishedAt, this.version);
	}

	private TrainingJob end(JobState end, @Nullable Integer modelVersion, @Nullable JsonNode evaluation,
			@Nullable JobFailure error, Instant now) {
		return new TrainingJob(this.id, end, this.model, modelVersion, this.task, this.dataset, this.inputs,
				this.request, this.attempts, this.crashes, this.progress, this.metrics, evaluation, error,
				this.createdAt, this.startedAt, now, this.version);
	}

	/**
	 * The dataset that a job reads.
	 *
	 * @param sha256 hash of its content
	 */
	public record DatasetRef(String id, String name, String sha256) {
	}

}
