package io.unfold.model;

import io.unfold.nn.network.Tensors;
import tools.jackson.databind.JsonNode;

/**
 * A trained model that has no version yet.
 *
 * @param task spec of the task, with its {@code type}
 * @param network spec of the network
 * @param training spec of the training
 * @param evaluation on held-out data
 * @param provenance job, dataset hash, seed, versions of software, Java, OS and
 * processor; its field {@code job} is the job's id, and {@code failure}, where it is
 * there, says why training ended early and this is the best model until then
 * @param fitted what the task fitted to the training data
 * @param parameters of the network
 */
public record ModelDraft(JsonNode task, JsonNode network, JsonNode training, JsonNode evaluation, JsonNode provenance,
		JsonNode fitted, Tensors parameters) {
}
