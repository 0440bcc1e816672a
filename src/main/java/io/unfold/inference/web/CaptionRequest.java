package io.unfold.inference.web;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.swagger.v3.oas.annotations.media.ArraySchema;
import io.swagger.v3.oas.annotations.media.Schema;
import io.unfold.problem.InvalidFieldException;
import io.unfold.task.captioning.Captioning;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be captioned.
 *
 * @param features feature vectors, at least one
 * @param beamWidth beginnings that the search keeps, by default 4, or more where the
 * alternatives need it; 1 is greedy search
 * @param alternatives captions to give besides the best, fewer than the beam is wide; by
 * default 0
 * @param maxLength tokens of an answer at most; null takes the model's limit
 */
record CaptionRequest(
		@ArraySchema(arraySchema = @Schema(
				description = "Feature vectors: lists of numbers, " + "of the size that the model was trained on."),
				schema = @Schema(type = "array")) @Nullable JsonNode features,
		int beamWidth, int alternatives, @Nullable Integer maxLength) {

	private static final int DEFAULT_BEAM = 4;

	private static final int MAX_BEAM = 64;

	CaptionRequest {
		InvalidFieldException.requireBetween("beamWidth", beamWidth, 1, MAX_BEAM);
		InvalidFieldException.requireBetween("alternatives", alternatives, 0, beamWidth - 1);
		if (maxLength != null) {
			InvalidFieldException.requireBetween("maxLength", maxLength, 1, Captioning.MAX_LENGTH);
		}
	}

	@JsonCreator
	static CaptionRequest from(@Nullable JsonNode features, @Nullable Integer beamWidth, @Nullable Integer alternatives,
			@Nullable Integer maxLength) {
		int more = (alternatives != null) ? alternatives : 0;
		return new CaptionRequest(features,
				(beamWidth != null) ? beamWidth : Math.max(DEFAULT_BEAM, Math.min(MAX_BEAM, more + 1)), more,
				maxLength);
	}

}
