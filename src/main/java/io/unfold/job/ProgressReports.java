package io.unfold.job;

import java.util.List;
import java.util.Optional;

import io.unfold.training.EpochMetrics;
import io.unfold.training.TrainingListener.Progress;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/** Where workers note how far they have come. */
@Repository
class ProgressReports {

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final TrainingJobs jobs;

	private final JobEvents events;

	ProgressReports(JdbcClient jdbc, TransactionTemplate transaction, TrainingJobs jobs, JobEvents events) {
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.jobs = jobs;
		this.events = events;
	}

	/**
	 * Notes a report. What an attempt reports that no longer has the job is dropped.
	 * @return the job's state; empty when this attempt no longer has the job
	 */
	Optional<JobState> note(String id, int attempt, Report report) {
		return this.transaction.execute((status) -> {
			Optional<JobState> state = this.jobs.lock(id)
				.filter((job) -> job.attempts() == attempt)
				.map(TrainingJob::state)
				.filter((s) -> s == JobState.RUNNING || s == JobState.CANCELLING);
			if (state.isPresent() && !report.isEmpty()) {
				write(id, report);
				this.events.announce(new JobChanged(id, state.get()));
			}
			return state;
		});
	}

	private void write(String id, Report report) {
		String newest = null;
		for (EpochMetrics epoch : report.epochs()) {
			JsonNode figures = FiniteJson.of(epoch);
			newest = StoredJson.MAPPER.writeValueAsString(figures);
			if (putEpoch(id, epoch.epoch(), newest)) {
				this.events.append(id, JobEvent.METRIC, newest);
			}
		}
		String progress = (report.progress() != null)
				? StoredJson.MAPPER.writeValueAsString(FiniteJson.of(report.progress())) : null;
		if (progress != null) {
			this.events.replaceProgress(id, progress);
		}
		this.jdbc.sql("""
				update training_job set progress = coalesce(cast(:progress as varchar(4000)), progress),
				    metrics = coalesce(cast(:metrics as varchar(4000)), metrics),
				    crashes = case when :checkpointed then 0 else crashes end, version = version + 1
				where id = :id
				""")
			.param("progress", progress)
			.param("metrics", newest)
			.param("checkpointed", report.checkpointed())
			.param("id", id)
			.update();
	}

	/**
	 * Keeps an epoch's figures.
	 * @return whether they are new: what is read back from a checkpoint is not
	 */
	private boolean putEpoch(String id, int epoch, String figures) {
		Optional<String> known = this.jdbc.sql("select figures from epoch_metrics where job_id = ? and epoch = ?")
			.params(id, epoch)
			.query(String.class)
			.optional();
		if (known.isEmpty()) {
			this.jdbc.sql("insert into epoch_metrics (job_id, epoch, figures) values (?, ?, ?)")
				.params(id, epoch, figures)
				.update();
		}
		else if (!known.get().equals(figures)) {
			this.jdbc.sql("update epoch_metrics set figures = ? where job_id = ? and epoch = ?")
				.params(figures, id, epoch)
				.update();
		}
		return known.isEmpty() || !known.get().equals(figures);
	}

	/**
	 * What a worker has to tell since its last report.
	 *
	 * @param progress the newest; null where there is none
	 * @param epochs that have ended
	 * @param checkpointed whether a checkpoint was saved
	 */
	record Report(@Nullable Progress progress, List<EpochMetrics> epochs, boolean checkpointed) {

		boolean isEmpty() {
			return this.progress == null && this.epochs.isEmpty() && !this.checkpointed;
		}

	}

}
