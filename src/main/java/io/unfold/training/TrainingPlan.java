package io.unfold.training;

import io.unfold.nn.network.NetworkSpec;
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
}
