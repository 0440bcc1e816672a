package io.unfold.job;

import io.unfold.dataset.Dataset;
import io.unfold.dataset.DatasetGuard;
import io.unfold.problem.ConflictException;
import org.springframework.stereotype.Component;

/** Keeps datasets that waiting and running jobs read. */
@Component
class DatasetsInUse implements DatasetGuard {

	private final TrainingJobs jobs;

	DatasetsInUse(TrainingJobs jobs) {
		this.jobs = jobs;
	}

	@Override
	public void checkUnused(Dataset dataset) {
		if (this.jobs.needs(dataset.id())) {
			throw new ConflictException("a training job needs the dataset '" + dataset.name()
					+ "': cancel the job, or delete the dataset when it has ended");
		}
	}

}
