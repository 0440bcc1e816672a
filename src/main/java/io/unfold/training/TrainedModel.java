package io.unfold.training;

import java.util.List;

import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.task.Evaluation;
import io.unfold.task.TaskSpec;
import tools.jackson.databind.JsonNode;

/**
 * What training leaves: all that is needed to answer, and how it came about.
 *
 * @param task what it learned
 * @param network with what, defaults resolved
 * @param training how
 * @param fitted what the task fitted to the training data (vocabularies, labels, scales),
 * as JSON
 * @param parameters of the network
 * @param parameterCount how many numbers they are
 * @param evaluation on held-out data
 * @param history figures of each epoch
 */
public record TrainedModel(TaskSpec task, NetworkSpec network, TrainingSpec training, JsonNode fitted,
		Tensors parameters, long parameterCount, Evaluation evaluation, List<EpochMetrics> history) {
}
