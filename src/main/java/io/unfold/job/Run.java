package io.unfold.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

import io.unfold.job.ProgressReports.Report;
import io.unfold.training.Checkpoints;
import io.unfold.training.EpochMetrics;
import io.unfold.training.TrainingListener;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a worker at a job: it gathers what training tells and notes it a few
 * times a second, so that short epochs do not wait for the database; and it tells
 * training to stop. All but {@link #cancel} and {@link #stop} happens on the training
 * thread.
 */
class Run implements TrainingListener, Checkpoints {

	/** Time between two reports, in nanoseconds. */
	private static final long INTERVAL = Duration.ofMillis(250).toNanos();

	/** Time after which the database is asked whether another node cancelled the job. */
	private static final long PATIENCE = Duration.ofSeconds(1).toNanos();

	private final TrainingJob job;

	private final ProgressReports reports;

	private final Checkpoints checkpoints;

	private final LongSupplier nanoTime;

	private final List<EpochMetrics> epochs = new ArrayList<>();

	private @Nullable Progress progress;

	private boolean checkpointed;

	private long reportedAt;

	private boolean lost;

	private volatile boolean cancelled;

	private volatile boolean stopped;

	Run(TrainingJob job, ProgressReports reports, Checkpoints checkpoints, LongSupplier nanoTime) {
		this.job = job;
		this.reports = reports;
		this.checkpoints = checkpoints;
		this.nanoTime = nanoTime;
		this.reportedAt = nanoTime.getAsLong() - INTERVAL;
	}

	/** A client has cancelled the job. */
	void cancel() {
		this.cancelled = true;
	}

	/** The service is stopping. */
	void stop() {
		this.stopped = true;
	}

	/**
	 * Whether the job must not be finished: it was cancelled, or is another attempt's.
	 */
	boolean isCancelled() {
		return this.cancelled || this.lost;
	}

	/** Whether the job is no longer this attempt's. */
	boolean isLost() {
		return this.lost;
	}

	@Override
	public void progress(Progress progress) {
		this.progress = progress;
		reportAfter(INTERVAL);
	}

	@Override
	public void epoch(EpochMetrics metrics) {
		this.epochs.add(metrics);
		reportAfter(INTERVAL);
	}

	@Override
	public boolean cancelled() {
		boolean waiting = this.progress != null || !this.epochs.isEmpty();
		reportAfter(waiting ? INTERVAL : PATIENCE);
		return this.cancelled || this.stopped || this.lost;
	}

	@Override
	public Optional<Checkpoint> latest() {
		return this.checkpoints.latest();
	}

	/** Epochs are noted before the checkpoint that will skip them. */
	@Override
	public void save(Checkpoint checkpoint) {
		report();
		this.checkpoints.save(checkpoint);
		this.checkpointed = true;
	}

	/** Notes all that has been gathered. */
	void report() {
		Optional<JobState> state = this.reports.note(this.job.id(), this.job.attempts(),
				new Report(this.progress, List.copyOf(this.epochs), this.checkpointed));
		this.epochs.clear();
		this.progress = null;
		this.checkpointed = false;
		this.reportedAt = this.nanoTime.getAsLong();
		this.lost = state.isEmpty();
		this.cancelled |= state.filter((s) -> s == JobState.CANCELLING).isPresent();
	}

	private void reportAfter(long nanos) {
		if (this.nanoTime.getAsLong() - this.reportedAt >= nanos) {
			report();
		}
	}

}
