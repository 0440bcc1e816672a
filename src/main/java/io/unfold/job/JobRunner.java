package io.unfold.job;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import io.unfold.data.DataSource;
import io.unfold.dataset.Datasets;
import io.unfold.job.TrainingJob.DatasetRef;
import io.unfold.model.ModelDraft;
import io.unfold.model.ModelVersion;
import io.unfold.model.Models;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.NotFoundException;
import io.unfold.storage.DataFolder;
import io.unfold.training.TrainedModel;
import io.unfold.training.Trainer;
import io.unfold.training.TrainingCancelledException;
import io.unfold.training.TrainingData;
import io.unfold.training.TrainingFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;

/** Trains a job on the calling thread, from its place in the queue to its end. */
@Component
class JobRunner {

	private static final Logger log = LoggerFactory.getLogger(JobRunner.class);

	private final TrainingJobs jobs;

	private final ProgressReports reports;

	private final Datasets datasets;

	private final Models models;

	private final Trainer trainer;

	private final Provenance provenance;

	private final Path folder;

	private final int maxCrashes;

	private final InstantSource time;

	private final Map<String, Run> running = new ConcurrentHashMap<>();

	private volatile boolean stopping;

	JobRunner(TrainingJobs jobs, ProgressReports reports, Datasets datasets, Models models, Trainer trainer,
			Provenance provenance, DataFolder folder, JobProperties properties, InstantSource time) {
		this.jobs = jobs;
		this.reports = reports;
		this.datasets = datasets;
		this.models = models;
		this.trainer = trainer;
		this.provenance = provenance;
		this.folder = folder.resolve("jobs");
		this.maxCrashes = properties.maxCrashes();
		this.time = time;
	}

	/**
	 * Trains the job with that id, if it still waits for that.
	 * @return whether the job is done with; false when it must be tried again
	 */
	boolean run(String id) {
		if (this.stopping) {
			return false;
		}
		Optional<TrainingJob> begun = begin(id);
		if (begun.isEmpty()) {
			return true;
		}
		TrainingJob job = begun.get();
		FileCheckpoints checkpoints = checkpoints(id);
		Run run = new Run(job, this.reports, checkpoints, System::nanoTime);
		this.running.put(id, run);
		try {
			if (this.stopping) {
				run.stop();
			}
			log.info("Job {} begins: {} for the model '{}', attempt {}", id, job.task(), job.model(), job.attempts());
			train(job, run);
		}
		finally {
			this.running.remove(id);
		}
		boolean ended = this.jobs.find(id).filter((j) -> !j.state().ended()).isEmpty();
		if (ended) {
			checkpoints.delete();
		}
		return ended || run.isLost();
	}

	/** Takes the job from the queue, unless it has been cancelled or is done with. */
	private Optional<TrainingJob> begin(String id) {
		if (this.jobs.find(id).isEmpty()) {
			return Optional.empty();
		}
		TrainingJob job = this.jobs.change(id, (j) -> switch (j.state()) {
			case QUEUED -> j.start(this.time.instant());
			// the node that had it is gone, or this one failed to note its end
			case RUNNING -> {
				TrainingJob again = j.crash(this.maxCrashes, this.time.instant());
				yield again.state().ended() ? again : again.start(this.time.instant());
			}
			case CANCELLING -> j.cancelled(this.time.instant());
			case SUCCEEDED, FAILED, CANCELLED -> j;
		});
		return Optional.of(job).filter((j) -> j.state() == JobState.RUNNING);
	}

	private void train(TrainingJob job, Run run) {
		String id = job.id();
		try {
			ModelVersion version = this.models.publishedBy(job.model(), id).orElseGet(() -> publish(job, run));
			TrainingJob ended = this.jobs.change(id, (j) -> Provenance.end(j, version, this.time.instant()));
			log.info("Job {} has {} and published {}:{}", id, ended.state(), job.model(), version.version());
		}
		catch (TrainingCancelledException ex) {
			stopped(id, run);
		}
		catch (TrainingFailedException ex) {
			fail(id, run, JobFailure.training(String.valueOf(ex.getMessage())));
		}
		catch (InvalidRequestException ex) {
			fail(id, run, JobFailure.invalid(ex));
		}
		catch (NotFoundException ex) {
			fail(id, run, JobFailure.gone(String.valueOf(ex.getMessage())));
		}
		catch (OutOfMemoryError ex) {
			log.error("Job {} ran out of memory", id, ex);
			this.trainer.releaseMemory();
			fail(id, run, JobFailure.memory());
		}
		catch (DataAccessException ex) {
			// of the job tables: the job is as it was and will be tried again
			throw ex;
		}
		catch (RuntimeException | Error ex) {
			log.error("Job {} ended with an error", id, ex);
			fail(id, run, JobFailure.internal());
		}
	}

	private ModelVersion publish(TrainingJob job, Run run) {
		JobRequest request = StoredJson.MAPPER.treeToValue(job.request(), JobRequest.class);
		ArrayNode examples = this.jobs.examples(job.id()).orElse(null);
		TrainedModel trained;
		String failure = null;
		try {
			trained = this.trainer.train(request.plan(parent(job.inputs())), data(job, examples), run, run);
		}
		catch (TrainingFailedException ex) {
			TrainedModel best = ex.best();
			run.report();
			if (best == null || run.isCancelled()) {
				throw ex;
			}
			trained = best;
			failure = String.valueOf(ex.getMessage());
		}
		run.report();
		if (run.isCancelled()) {
			throw new TrainingCancelledException();
		}
		return this.models.publish(job.model(),
				new ModelDraft(StoredJson.MAPPER.valueToTree(trained.task()),
						StoredJson.MAPPER.valueToTree(trained.network()),
						StoredJson.MAPPER.valueToTree(trained.training()), FiniteJson.of(trained.evaluation()),
						this.provenance.of(job, examples, trained.training().seed(), failure, this.time.instant()),
						trained.fitted(), trained.parameters()));
	}

	private TrainingData data(TrainingJob job, @Nullable ArrayNode examples) {
		DataSource source = (examples != null) ? DataSource.ofExamples(examples) : source(job.dataset());
		if (source != null) {
			return new TrainingData(source, source(job.inputs().validation()), source(job.inputs().test()));
		}
		throw new IllegalStateException("job " + job.id() + " has no data");
	}

	private @Nullable ModelVersion parent(JobInputs inputs) {
		return (inputs.parent() != null) ? this.models.resolve(inputs.parent().ref()) : null;
	}

	private @Nullable DataSource source(@Nullable DatasetRef dataset) {
		return (dataset != null) ? this.datasets.source(this.datasets.get(dataset.id())) : null;
	}

	private void stopped(String id, Run run) {
		if (run.isLost()) {
			log.warn("Job {} is another worker's now", id);
			return;
		}
		TrainingJob job = this.jobs.change(id, (j) -> switch (j.state()) {
			case CANCELLING -> j.cancelled(this.time.instant());
			case RUNNING -> j.requeue();
			default -> j;
		});
		log.info("Job {} has stopped and is {}", id, job.state());
	}

	private void fail(String id, Run run, JobFailure failure) {
		if (!run.isLost()) {
			this.jobs.change(id, (j) -> j.fail(failure, this.time.instant()));
			log.warn("Job {} has failed: {}", id, failure.detail());
		}
	}

	FileCheckpoints checkpoints(String id) {
		return new FileCheckpoints(this.folder.resolve(id));
	}

	@EventListener
	void on(JobChanged change) {
		Run run = this.running.get(change.id());
		if (run != null && change.state() == JobState.CANCELLING) {
			run.cancel();
		}
	}

	/** Running jobs stop at the next mini-batch and are queued again. */
	@EventListener
	void on(ContextClosedEvent closed) {
		this.stopping = true;
		this.running.values().forEach(Run::stop);
	}

}
