package io.unfold.job;

import java.nio.file.Path;
import java.time.InstantSource;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import io.unfold.model.Models;
import io.unfold.storage.DataFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Puts right what the last run of this node left, before the first request and the first
 * worker: jobs that were running are queued again at once, not after the time in which
 * other nodes would take this one for dead.
 */
@Component
class JobRecovery implements SmartInitializingSingleton {

	private static final Logger log = LoggerFactory.getLogger(JobRecovery.class);

	private final TrainingJobs jobs;

	private final IdempotencyKeys keys;

	private final SchedulerClient scheduler;

	private final Models models;

	private final JdbcClient jdbc;

	private final TransactionTemplate transaction;

	private final Node node;

	private final JobProperties properties;

	private final Path folder;

	private final InstantSource time;

	JobRecovery(TrainingJobs jobs, IdempotencyKeys keys, SchedulerClient scheduler, Models models, JdbcClient jdbc,
			TransactionTemplate transaction, Node node, JobProperties properties, DataFolder folder,
			InstantSource time) {
		this.jobs = jobs;
		this.keys = keys;
		this.scheduler = scheduler;
		this.models = models;
		this.jdbc = jdbc;
		this.transaction = transaction;
		this.node = node;
		this.properties = properties;
		this.folder = folder.resolve("jobs");
		this.time = time;
	}

	@Override
	public void afterSingletonsInstantiated() {
		recover();
	}

	void recover() {
		release();
		for (TrainingJob abandoned : this.jobs.abandoned()) {
			TrainingJob job = this.jobs.change(abandoned.id(), this::settled);
			log.info("Job {} was {} when the service last stopped, and is {} now", job.id(), abandoned.state(),
					job.state());
		}
		schedule();
		for (String id : FileCheckpoints.folders(this.folder)) {
			if (this.jobs.find(id).filter((job) -> !job.state().ended()).isEmpty()) {
				new FileCheckpoints(this.folder.resolve(id)).delete();
			}
		}
	}

	/** Takes back what this node's workers had. */
	private void release() {
		String mine = this.node.isAlone() ? "" : " and picked_by = :node";
		this.jdbc
			.sql("update scheduled_tasks set picked = false, picked_by = null, last_heartbeat = null, "
					+ "version = version + 1 where picked = true" + mine)
			.param("node", this.node.name())
			.update();
		if (this.node.isAlone()) {
			this.keys.releaseAll();
		}
	}

	private TrainingJob settled(TrainingJob job) {
		if (job.state() == JobState.RUNNING) {
			return job.crash(this.properties.maxCrashes(), this.time.instant());
		}
		// cancelled too late, if its model is there
		return this.models.publishedBy(job.model(), job.id())
			.map((version) -> Provenance.end(job, version, this.time.instant()))
			.orElseGet(() -> job.cancelled(this.time.instant()));
	}

	/** Sees to it that every queued job is in the scheduler's table. */
	private void schedule() {
		this.transaction.executeWithoutResult((status) -> this.jobs.queued()
			.forEach((job) -> this.scheduler.scheduleIfNotExists(JobTask.instance(job.id()), job.createdAt())));
	}

}
