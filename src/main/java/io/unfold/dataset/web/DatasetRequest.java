package io.unfold.dataset.web;

import java.util.List;

import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.databind.JsonNode;

/**
 * A dataset given as JSON.
 *
 * @param name of the dataset
 * @param examples its records
 */
record DatasetRequest(
		@Schema(description = "Name of the dataset: letters, digits, '.', '_', '-'.",
				requiredMode = Schema.RequiredMode.REQUIRED) String name,
		@ArraySchema(schema = @Schema(type = "object", description = "One example; its fields depend on the task."),
				arraySchema = @Schema(requiredMode = Schema.RequiredMode.REQUIRED)) List<JsonNode> examples) {
}
