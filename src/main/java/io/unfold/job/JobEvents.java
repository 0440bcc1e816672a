package io.unfold.job;

import java.util.List;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import tools.jackson.databind.node.ObjectNode;

/**
 * The log of what happened to each job. Whoever appends holds the job's row until its
 * transaction ends, so ids become visible in the order in which they rise.
 */
@Repository
public class JobEvents {

	private final JdbcClient jdbc;

	private final ApplicationEventPublisher publisher;

	JobEvents(JdbcClient jdbc, ApplicationEventPublisher publisher) {
		this.jdbc = jdbc;
		this.publisher = publisher;
	}

	/**
	 * The job's events after the one with the given id, in order.
	 * @param limit how many at most
	 */
	public List<JobEvent> after(String jobId, long id, int limit) {
		return this.jdbc.sql("""
				select id, type, data from job_event where job_id = ? and id > ?
				order by id fetch first ? rows only
				""")
			.params(jobId, id, limit)
			.query((rs, n) -> new JobEvent(rs.getLong("id"), rs.getString("type"), rs.getString("data")))
			.list();
	}

	/** Appends an event; only within a transaction. */
	void append(String jobId, String type, String data) {
		this.jdbc.sql("update training_job set events = events + 1 where id = ?").param(jobId).update();
		this.jdbc.sql("""
				insert into job_event (job_id, id, type, data)
				select id, events, cast(? as varchar(16)), cast(? as varchar(120000)) from training_job where id = ?
				""").params(type, data, jobId).update();
	}

	/** Appends a progress event in place of the last one. */
	void replaceProgress(String jobId, String data) {
		this.jdbc.sql("delete from job_event where job_id = ? and type = ?").params(jobId, JobEvent.PROGRESS).update();
		append(jobId, JobEvent.PROGRESS, data);
	}

	/** Tells of the job's new state, and of its end. */
	void stateChanged(TrainingJob job) {
		ObjectNode state = StoredJson.MAPPER.createObjectNode().put("state", job.state().name());
		append(job.id(), JobEvent.STATE, StoredJson.MAPPER.writeValueAsString(state));
		if (job.state().ended()) {
			ObjectNode model = state.putObject("model").put("name", job.model());
			if (job.modelVersion() != null) {
				model.put("version", job.modelVersion());
			}
			if (job.error() != null) {
				state.set("error", StoredJson.MAPPER.valueToTree(job.error()));
			}
			append(job.id(), JobEvent.END, StoredJson.MAPPER.writeValueAsString(state));
		}
		announce(new JobChanged(job.id(), job.state()));
	}

	/** Publishes a change once it is committed. */
	void announce(JobChanged change) {
		TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
			@Override
			public void afterCommit() {
				JobEvents.this.publisher.publishEvent(change);
			}
		});
	}

}
