package io.unfold.inference.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.unfold.problem.InvalidFieldException;
import io.unfold.task.PredictRequest;
import io.unfold.task.translation.Translation;
import org.jspecify.annotations.Nullable;

/**
 * What is to be translated.
 *
 * @param texts at least one
 * @param beamWidth beginnings that the search keeps, by default 4; 1 is greedy search
 * @param alternatives translations to give besides the best, fewer than the beam is wide;
 * by default 0
 * @param maxLength tokens of an answer at most; null takes the model's limit
 * @param alignment whether to tell which source words each word comes from; by default
 * false
 */
record TranslateRequest(List<String> texts, int beamWidth, int alternatives, @Nullable Integer maxLength,
		boolean alignment) {

	private static final int DEFAULT_BEAM = 4;

	private static final int MAX_BEAM = 64;

	TranslateRequest {
		texts = List.copyOf(texts);
		InvalidFieldException.requireBetween("texts", texts.size(), 1, PredictRequest.MOST);
		InvalidFieldException.requireBetween("beamWidth", beamWidth, 1, MAX_BEAM);
		InvalidFieldException.requireBetween("alternatives", alternatives, 0, beamWidth - 1);
		if (maxLength != null) {
			InvalidFieldException.requireBetween("maxLength", maxLength, 1, Translation.MAX_LENGTH);
		}
	}

	@JsonCreator
	static TranslateRequest from(@Nullable List<@Nullable String> texts, @Nullable Integer beamWidth,
			@Nullable Integer alternatives, @Nullable Integer maxLength, @Nullable Boolean alignment) {
		if (texts == null) {
			throw new InvalidFieldException("texts", "is missing: send the texts to translate");
		}
		for (int i = 0; i < texts.size(); i++) {
			if (texts.get(i) == null) {
				throw new InvalidFieldException("texts/" + i, "must be a text");
			}
		}
		int more = (alternatives != null) ? alternatives : 0;
		return new TranslateRequest(texts.stream().map(String.class::cast).toList(),
				(beamWidth != null) ? beamWidth : Math.max(DEFAULT_BEAM, Math.min(MAX_BEAM, more + 1)), more, maxLength,
				alignment != null && alignment);
	}

}
