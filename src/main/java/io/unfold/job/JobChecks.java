package io.unfold.job;

import io.unfold.data.DataSource;
import io.unfold.dataset.Dataset;
import io.unfold.dataset.Datasets;
import io.unfold.job.TrainingJob.DatasetRef;
import io.unfold.model.ModelVersion;
import io.unfold.model.Models;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.NotFoundException;
import io.unfold.training.Trainer;
import io.unfold.training.Trainer.Estimate;
import io.unfold.training.TrainingData;
import io.unfold.training.WarmStart;
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
			Dataset dataset = dataset("/dataset", request.dataset());
			Dataset validation = heldOut(TrainingData.VALIDATION, request.validation(), dataset);
			Dataset test = heldOut(TrainingData.TEST, request.test(), dataset);
			DataSource source = (dataset != null) ? this.datasets.source(dataset)
					: DataSource.ofExamples(request.examples());
			ModelVersion parent = parent(request.warmStart());
			Estimate estimate = this.trainer.estimate(request.plan(parent),
					new TrainingData(source, source(validation), source(test)));
			this.memory.check(estimate);
			return new Checked(estimate, ref(dataset),
					new JobInputs(ref(validation), ref(test), (parent != null) ? JobInputs.Parent.of(parent) : null));
		}
		catch (InvalidRequestException ex) {
			throw (request.dataset() != null) ? DataFaults.ofDataset(ex) : DataFaults.ofExamples(ex);
		}
	}

	private @Nullable Dataset dataset(String pointer, @Nullable String idOrName) {
		if (idOrName == null) {
			return null;
		}
		try {
			return this.datasets.get(idOrName);
		}
		catch (NotFoundException ex) {
			throw new InvalidRequestException(pointer, String.valueOf(ex.getMessage()));
		}
	}

	private @Nullable Dataset heldOut(String pointer, @Nullable String idOrName, @Nullable Dataset trained) {
		Dataset dataset = dataset(pointer, idOrName);
		if (dataset != null && trained != null && dataset.sha256().equals(trained.sha256())) {
			throw new InvalidRequestException(pointer,
					"has the very content that is trained on, so nothing would be held out: name another dataset, or hold out a fraction");
		}
		return dataset;
	}

	private @Nullable ModelVersion parent(@Nullable String ref) {
		try {
			return (ref != null) ? this.models.resolve(ref) : null;
		}
		catch (NotFoundException ex) {
			throw new InvalidRequestException(WarmStart.POINTER, String.valueOf(ex.getMessage()));
		}
	}

	private @Nullable DataSource source(@Nullable Dataset dataset) {
		return (dataset != null) ? this.datasets.source(dataset) : null;
	}

	private static @Nullable DatasetRef ref(@Nullable Dataset dataset) {
		return (dataset != null) ? new DatasetRef(dataset.id(), dataset.name(), dataset.sha256()) : null;
	}

	/**
	 * A request that can be trained.
	 *
	 * @param dataset null where the request brings its data
	 * @param inputs what it reads beside that
	 */
	record Checked(Estimate estimate, @Nullable DatasetRef dataset, JobInputs inputs) {
	}

}
