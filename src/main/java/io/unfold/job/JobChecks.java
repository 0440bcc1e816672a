package io.unfold.job;

import io.unfold.data.DataSource;
import io.unfold.dataset.Dataset;
import io.unfold.dataset.Datasets;
import io.unfold.job.TrainingJob.DatasetRef;
import io.unfold.model.Models;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.NotFoundException;
import io.unfold.training.Trainer;
import io.unfold.training.Trainer.Estimate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** All that can be found wrong with a request before it is taken on. */
@Component
class JobChecks {

	private final Datasets datasets;

	private final Models models;

	private final Trainer trainer;

	private final MemoryBudget memory;

	JobChecks(Datasets datasets, Models models, Trainer trainer, MemoryBudget memory) {
		this.datasets = datasets;
		this.models = models;
		this.trainer = trainer;
		this.memory = memory;
	}

	/**
	 * Checks a request.
	 * @throws InvalidRequestException with pointers into the request
	 */
	Checked check(JobRequest request) {
		this.models.checkName("/model", request.model());
		try {
			Dataset dataset = (request.dataset() != null) ? dataset(request.dataset()) : null;
			DataSource source = (dataset != null) ? this.datasets.source(dataset)
					: DataSource.ofExamples(request.examples());
			Estimate estimate = this.trainer.estimate(request.plan(), source);
			this.memory.check(estimate);
			return new Checked(estimate,
					(dataset != null) ? new DatasetRef(dataset.id(), dataset.name(), dataset.sha256()) : null);
		}
		catch (InvalidRequestException ex) {
			throw (request.dataset() != null) ? DataFaults.ofDataset(ex) : DataFaults.ofExamples(ex);
		}
	}

	private Dataset dataset(String idOrName) {
		try {
			return this.datasets.get(idOrName);
		}
		catch (NotFoundException ex) {
			throw new InvalidRequestException("/dataset", String.valueOf(ex.getMessage()));
		}
	}

	/**
	 * A request that can be trained.
	 *
	 * @param dataset null where the request brings its data
	 */
	record Checked(Estimate estimate, @Nullable DatasetRef dataset) {
	}

}
