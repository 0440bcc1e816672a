package io.unfold.job.web;

import java.time.Instant;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.unfold.job.JobFailure;
import io.unfold.job.JobRequest;
import io.unfold.job.JobState;
import io.unfold.job.TrainingJob;
import io.unfold.job.TrainingJob.DatasetRef;
import io.unfold.task.Evaluation;
import io.unfold.training.EpochMetrics;
import io.unfold.training.TrainingListener.Progress;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A training job as the API shows it. What is not known yet is left out.
 *
 * @param queuePosition queued jobs that will be trained before this one
 * @param request as it was sent
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TrainingJob")
record JobView(String id, JobState state,
		@Schema(description = "How many queued jobs come before this one; only while it is QUEUED.",
				example = "0") @Nullable Integer queuePosition,
		ModelView model, @Schema(example = "forecasting") String task, @Nullable DatasetView dataset,
		@Nullable Progress progress,
		@Schema(description = "Figures of the newest epoch.",
				implementation = EpochMetrics.class) @Nullable JsonNode metrics,
		@Schema(description = "On held-out data, beside a naive baseline; once it has SUCCEEDED.",
				implementation = Evaluation.class) @Nullable JsonNode evaluation,
		@Schema(description = "The request as it was sent; in lists without inline examples.",
				implementation = JobRequest.class) JsonNode request,
		@Schema(description = "Why it FAILED, as a problem document that names the version that was kept, if any; null otherwise.") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable JobFailure error,
		@Schema(description = "How many times a worker has begun it.") int attempts, Instant createdAt,
		@Nullable Instant startedAt, @Nullable Instant finishedAt) {

	static JobView of(TrainingJob job, @Nullable Integer queuePosition, JsonNode request) {
		DatasetRef dataset = job.dataset();
		return new JobView(job.id(), job.state(), queuePosition, new ModelView(job.model(), job.modelVersion()),
				job.task(), (dataset != null) ? new DatasetView(dataset.id(), dataset.name()) : null, job.progress(),
				job.metrics(), job.evaluation(), request, job.error(), job.attempts(), job.createdAt(), job.startedAt(),
				job.finishedAt());
	}

	/**
	 * @param version once it is published
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	@Schema(name = "TrainingJobModel")
	record ModelView(String name, @Schema(
			description = "Once it is published: by a job that has SUCCEEDED; or the best so far, by one that has FAILED as its numbers went bad.") @Nullable Integer version) {
	}

	@Schema(name = "TrainingJobDataset")
	record DatasetView(String id, String name) {
	}

}
