package io.unfold.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.unfold.data.DataSource;
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
 * @param start what to go on from; null: to begin anew
 */
public record TrainingPlan(TaskSpec task, @Nullable NetworkSpec network, TrainingSpec training,
		@Nullable WarmStart start) {

	/** Training that begins anew. */
	@JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
	public TrainingPlan(TaskSpec task, @Nullable NetworkSpec network, TrainingSpec training) {
		this(task, network, training, null);
	}

	/** The same, going on from a model. */
	public TrainingPlan from(@Nullable WarmStart model) {
		return new TrainingPlan(this.task, this.network, this.training, model);
	}

	/** The same with the defaults that the task has for it. */
	TrainingPlan resolved(PreparedTask<?> prepared) {
		return new TrainingPlan(this.task, this.network, this.training.orWindows(prepared.truncatedBptt()), this.start);
	}

	PreparedTask<?> prepare(TrainingData data) {
		TrainingData.Joined all = data.joined();
		try {
			Split split = Split.of(this.training.validation(), this.training.test(), this.training.seed(),
					data.examples());
			PreparedTask<?> prepared = prepare(all, all.isOne() ? split : all.count(split));
			ClassWeights weights = this.training.classWeights();
			return (weights != null) ? prepared.weighted(weights) : prepared;
		}
		catch (InvalidRequestException ex) {
			throw all.located(ex);
		}
	}

	private PreparedTask<?> prepare(DataSource data, Split split) {
		if (this.start == null) {
			return this.task.prepare(data, this.network, split);
		}
		this.start.requireTask(this.task);
		PreparedTask<?> prepared = this.task.continued(data,
				(this.network != null) ? this.network : this.start.network(), split, this.start.fitted());
		this.start.requireFits(prepared);
		return prepared;
	}

}
