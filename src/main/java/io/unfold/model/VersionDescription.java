package io.unfold.model;

import java.time.Instant;
import java.util.List;

import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.databind.JsonNode;

/**
 * All that is known of a version.
 *
 * @param task spec of the task
 * @param network spec of the network
 * @param training spec of the training
 * @param evaluation on held-out data
 * @param provenance job, dataset hash, seed, versions of software, Java, OS and
 * processor; {@code failure} where training ended early, and this is the best until then
 * @param parameterCount how many numbers the network has, trained and fixed
 * @param parameters names and shapes of the parameters
 * @param sizeBytes size of its files in bytes
 * @param sha256 hash of {@code model.json}, which holds the hashes of the other files
 * @param files its files
 */
public record VersionDescription(String name, int version, JsonNode task, JsonNode network, JsonNode training,
		JsonNode evaluation, JsonNode provenance, Instant createdAt, long parameterCount, List<Parameter> parameters,
		long sizeBytes, String sha256, List<ModelFile> files) {

	/**
	 * @param shape sizes of its dimensions
	 */
	@Schema(name = "ModelParameter")
	public record Parameter(String name, List<Integer> shape) {
	}

}
