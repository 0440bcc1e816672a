package io.unfold.job;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import io.unfold.job.TrainingJob.DatasetRef;
import io.unfold.problem.ConflictException;
import io.unfold.problem.TooManyRequestsException;
import io.unfold.training.Trainer.Estimate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes jobs on, first come, first served, and lets go of them. */
@Service
public class JobQueue {

	private static final int RETRY_SECONDS = 30;

	private final TrainingJobs jobs;

	private final IdempotencyKeys keys;

	private final JobChecks checks;

	private final SchedulerClient scheduler;

	private final TransactionTemplate transaction;

	private final int limit;

	private final InstantSource time;

	private final AtomicReference<Instant> newest = new AtomicReference<>(Instant.EPOCH);

	JobQueue(TrainingJobs jobs, IdempotencyKeys keys, JobChecks checks, SchedulerClient scheduler,
			TransactionTemplate transaction, JobProperties properties, InstantSource time) {
		this.jobs = jobs;
		this.keys = keys;
		this.checks = checks;
		this.scheduler = scheduler;
		this.transaction = transaction;
		this.limit = properties.queue();
		this.time = time;
	}

	/**
	 * Checks a request as {@link #submit} would, and takes nothing on.
	 * @throws io.unfold.problem.InvalidRequestException when it cannot be trained
	 */
	public Estimate estimate(JobRequest request) {
		return this.checks.check(request).estimate();
	}

	/**
	 * Takes a job on.
	 * @param sent the request as the client sent it
	 * @param idempotencyKey null: the client does not care
	 * @throws io.unfold.problem.InvalidRequestException when it cannot be trained
	 * @throws TooManyRequestsException when too many jobs wait
	 */
	public TrainingJob submit(JobRequest request, ObjectNode sent, @Nullable String idempotencyKey) {
		if (idempotencyKey == null) {
			return accept(request, sent, null);
		}
		Optional<String> earlier = this.keys.claim(idempotencyKey, Provenance.sha256(sent.toString()));
		if (earlier.isPresent()) {
			return this.jobs.get(earlier.get());
		}
		try {
			return accept(request, sent, idempotencyKey);
		}
		finally {
			this.keys.release(idempotencyKey);
		}
	}

	/** Asks a job to stop; at once where it still waits. */
	public TrainingJob cancel(String id) {
		return this.transaction.execute((status) -> {
			boolean queued = this.jobs.lock(id).filter((job) -> job.state() == JobState.QUEUED).isPresent();
			TrainingJob job = this.jobs.change(id, (j) -> j.cancel(this.time.instant()));
			if (queued) {
				forget(id);
			}
			return job;
		});
	}

	/**
	 * Takes a cancelled job's execution away, unless a worker has just picked it: the
	 * worker does so then.
	 */
	private void forget(String id) {
		try {
			this.scheduler.cancel(JobTask.instance(id));
		}
		catch (TaskInstanceCurrentlyExecutingException | TaskInstanceNotFoundException ex) {
			// the worker finds that the job has ended, and removes the execution
		}
	}

	/**
	 * Removes an ended job; its model stays.
	 * @throws ConflictException when it has not ended
	 */
	public void delete(String id) {
		if (!this.jobs.get(id).state().ended()) {
			throw new ConflictException("the job has not ended: cancel it first");
		}
		this.jobs.delete(id);
	}

	private TrainingJob accept(JobRequest request, ObjectNode sent, @Nullable String idempotencyKey) {
		if (this.jobs.queueLength() >= this.limit) {
			throw new TooManyRequestsException(
					"%d jobs are waiting, and no more can: try again when some have been trained".formatted(this.limit),
					RETRY_SECONDS);
		}
		JobChecks.Checked checked = this.checks.check(request);
		DatasetRef dataset = checked.dataset();
		ArrayNode examples = (dataset == null) ? request.examples() : null;
		TrainingJob job = TrainingJob.queued(UUID.randomUUID().toString(), request.model(), request.task().type(),
				dataset, checked.inputs(), withoutExamples(sent), now());
		return this.transaction.execute((status) -> {
			this.jobs.insert(job, examples);
			this.scheduler.scheduleIfNotExists(JobTask.instance(job.id()), job.createdAt());
			if (idempotencyKey != null) {
				this.keys.settle(idempotencyKey, job.id());
			}
			return job;
		});
	}

	private static ObjectNode withoutExamples(ObjectNode sent) {
		ObjectNode request = sent.deepCopy();
		if (request.get("data") instanceof ObjectNode data) {
			data.putArray("examples");
		}
		return request;
	}

	/** Later than all jobs before, in the database's precision: the queue's order. */
	private Instant now() {
		Instant now = this.time.instant().truncatedTo(ChronoUnit.MICROS);
		return this.newest.updateAndGet((last) -> now.isAfter(last) ? now : last.plus(1, ChronoUnit.MICROS));
	}

}
