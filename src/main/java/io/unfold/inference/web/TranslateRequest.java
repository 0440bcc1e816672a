package io.unfold.inference.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.swagger.v3.oas.annotations.media.Schema;
import io.unfold.problem.InvalidFieldException;
import io.unfold.task.PredictRequest;
import io.unfold.task.translation.Glossary;
import io.unfold.task.translation.Translation;
import io.unfold.task.translation.TranslationOptions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be translated.
 *
 * @param texts at least one
 * @param beamWidth beginnings that the search keeps; 1 is greedy search; null takes the
 * model's, or more where the alternatives need it
 * @param alternatives translations to give besides the best, fewer than the beam is wide;
 * by default 0
 * @param lengthPenalty the more, the longer the answers; null takes the model's
 * @param maxLength tokens of an answer at most; null takes the model's limit
 * @param alignment whether to tell which source words each word comes from; by default
 * false
 * @param glossary terms whose translations are prescribed
 */
record TranslateRequest(List<String> texts, @Schema(minimum = "1", maximum = "64",
		description = "Beginnings that the search keeps; 1 is greedy search. By default the model's, 4 unless it was trained with another.") @Nullable Integer beamWidth,
		@Schema(description = "Translations to give besides the best; fewer than `beamWidth`.",
				defaultValue = "0") int alternatives,
		@Schema(minimum = "0", maximum = "10",
				description = "Hypotheses are compared by their log-probabilities divided by length^lengthPenalty: 1 is the mean per token, more favours longer ones. By default the model's.") @Nullable Double lengthPenalty,
		@Schema(minimum = "1",
				description = "Tokens of an answer at most, those of the glossary's terms not counted. By default the model's limit.") @Nullable Integer maxLength,
		@Schema(description = "Whether to tell which source words each word comes from.",
				defaultValue = "false") boolean alignment,
		@Schema(type = "object",
				description = """
						Terms that must be translated as given: wherever a text has the `source` (whole words, in upper or lower case, \
						the longest first), its translation has the `target` to the letter. A list of `{"source": "...", "target": "..."}`, \
						or an object, `{"source": "target"}`.""",
				example = "{\"May\": \"05\"}") Glossary glossary) {

	TranslateRequest {
		texts = List.copyOf(texts);
		InvalidFieldException.requireBetween("texts", texts.size(), 1, PredictRequest.MOST);
		if (beamWidth != null) {
			InvalidFieldException.requireBetween("beamWidth", beamWidth, 1, Translation.MAX_BEAM);
		}
		InvalidFieldException.requireBetween("alternatives", alternatives, 0,
				((beamWidth != null) ? beamWidth : Translation.MAX_BEAM) - 1);
		if (lengthPenalty != null) {
			InvalidFieldException.requireBetween("lengthPenalty", lengthPenalty, 0, Translation.MAX_PENALTY);
		}
		if (maxLength != null) {
			InvalidFieldException.requireBetween("maxLength", maxLength, 1, Translation.MAX_LENGTH);
		}
	}

	@JsonCreator
	static TranslateRequest from(@Nullable List<@Nullable String> texts, @Nullable Integer beamWidth,
			@Nullable Integer alternatives, @Nullable Double lengthPenalty, @Nullable Integer maxLength,
			@Nullable Boolean alignment, @Nullable JsonNode glossary) {
		if (texts == null) {
			throw new InvalidFieldException("texts", "is missing: send the texts to translate");
		}
		for (int i = 0; i < texts.size(); i++) {
			if (texts.get(i) == null) {
				throw new InvalidFieldException("texts/" + i, "must be a text");
			}
		}
		return new TranslateRequest(texts.stream().map(String.class::cast).toList(), beamWidth,
				(alternatives != null) ? alternatives : 0, lengthPenalty, maxLength, alignment != null && alignment,
				Glossary.parse(glossary));
	}

	/**
	 * @param beamWidth the model's
	 */
	TranslationOptions options(int beamWidth) {
		return new TranslationOptions(
				(this.beamWidth != null) ? this.beamWidth : Math.max(beamWidth, this.alternatives + 1),
				this.lengthPenalty, this.maxLength, this.glossary);
	}

}
