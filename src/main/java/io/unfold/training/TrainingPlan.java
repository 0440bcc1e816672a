package io.unfold.training;

import io.unfold.nn.network.NetworkSpec;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.ClassWeights;
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

	PreparedTask<?> prepare(TrainingData data) {
		TrainingData.Joined all = data.joined();
		try {
			Split split = Split.of(this.training.validation(), this.training.test(), this.training.seed(),
					data.examples());
			PreparedTask<?> prepared = this.task.prepare(all, this.network, all.isOne() ? split : all.count(split));
			ClassWeights weights = this.training.classWeights();
			return (weights != null) ? prepared.weighted(weights) : prepared;
		}
		catch (InvalidRequestException ex) {
			throw all.located(ex);
		}
	}

}
