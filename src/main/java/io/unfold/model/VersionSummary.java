package io.unfold.model;

import java.time.Instant;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A version, in a line of a list.
 *
 * @param task name of the task
 * @param evaluation on held-out data
 * @param sizeBytes size of its files in bytes
 * @param aliases that refer to it
 */
public record VersionSummary(int version, String task, JsonNode evaluation, Instant createdAt, long sizeBytes,
		List<String> aliases) {
}
