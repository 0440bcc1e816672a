package io.unfold.training;

import io.unfold.data.DataSource;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import org.jspecify.annotations.Nullable;

/**
 * What is to be trained, and how.
 *
 * @param task what to learn
 * @param network with what; null takes the task's default
 * @param training how
 */
public record TrainingPlan(TaskSpec task, @Nullable NetworkSpec network, TrainingSpec training) {

	/** The same with the defaults that the task has for it. */
	TrainingPlan resolved(PreparedTask<?> prepared) {
		return new TrainingPlan(this.task, this.network, this.training.orWindows(prepared.truncatedBptt()));
	}

	PreparedTask<?> prepare(DataSource data) {
		TrainingSpec.HeldOut test = this.training.test();
		Split split = new Split(this.training.validation().fraction(), (test != null) ? test.fraction() : null,
				this.training.seed());
		return this.task.prepare(data, this.network, split);
	}

}
