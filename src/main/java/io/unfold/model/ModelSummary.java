package io.unfold.model;

import java.time.Instant;
import java.util.Map;

/**
 * A model, in a line of a list.
 *
 * @param task name of the task of its latest version
 * @param latestVersion its latest version
 * @param aliases versions by alias
 * @param createdAt when the latest version was published
 */
public record ModelSummary(String name, String task, int latestVersion, Map<String, Integer> aliases,
		Instant createdAt) {
}
