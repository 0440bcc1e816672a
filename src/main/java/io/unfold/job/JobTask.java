package io.unfold.job;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.CompletionHandler.OnCompleteRemove;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

/** A training job as the scheduler sees it: an id and a time, no data. */
final class JobTask {

	static final String NAME = "training-job";

	private JobTask() {
	}

	/** The place of a job in the queue. */
	static TaskInstance<Void> instance(String jobId) {
		return new TaskInstance<>(NAME, jobId);
	}

	/** What workers do with it. A job that was interrupted keeps its place. */
	static Task<Void> runBy(JobRunner runner) {
		CompletionHandler<Void> keep = (complete, operations) -> operations.reschedule(complete,
				complete.getExecution().executionTime);
		return Tasks.custom(NAME, Void.class)
			.onFailure(
					(complete, operations) -> operations.reschedule(complete, complete.getTimeDone().plusSeconds(10)))
			.execute((instance, context) -> runner.run(instance.getId()) ? new OnCompleteRemove<>() : keep);
	}

}
