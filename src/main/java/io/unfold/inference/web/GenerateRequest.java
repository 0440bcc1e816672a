package io.unfold.inference.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.swagger.v3.oas.annotations.media.Schema;
import io.unfold.nn.decoding.Sampling;
import io.unfold.problem.InvalidFieldException;
import io.unfold.task.generation.GenerationRequest;
import org.jspecify.annotations.Nullable;

/**
 * A text that is to be written.
 *
 * @param prompt what it goes on from; by default nothing
 * @param maxTokens tokens that it has at most, by default 200
 * @param temperature 1, the default, draws each token as the model answers, less prefers
 * what is likely; 0 takes the likeliest
 * @param topK draws from so many of the likeliest tokens; null: from all
 * @param topP draws from the likeliest tokens that together have this probability; null:
 * from all
 * @param stop strings before which the text ends
 * @param seed decides what is drawn; null: draws one
 */
record GenerateRequest(@Schema(nullable = true) String prompt, int maxTokens, double temperature,
		@Nullable Integer topK, @Nullable Double topP, List<String> stop, @Nullable Long seed) {

	private static final int MOST_TOKENS = 10_000;

	private static final int LONGEST_PROMPT = 100_000;

	private static final int MOST_STOPS = 16;

	private static final int LONGEST_STOP = 1000;

	GenerateRequest {
		if (prompt.length() > LONGEST_PROMPT) {
			throw new InvalidFieldException("prompt", "has " + prompt.length() + " characters, and may have at most "
					+ LONGEST_PROMPT + ": send the last ones, a network remembers no more");
		}
		InvalidFieldException.requireBetween("maxTokens", maxTokens, 1, MOST_TOKENS);
		new Sampling(temperature, topK, topP);
		InvalidFieldException.requireBetween("stop", stop.size(), 0, MOST_STOPS);
	}

	@JsonCreator
	static GenerateRequest from(@Nullable String prompt, @Nullable Integer maxTokens, @Nullable Double temperature,
			@Nullable Integer topK, @Nullable Double topP, @Nullable List<@Nullable String> stop, @Nullable Long seed) {
		return new GenerateRequest((prompt != null) ? prompt : "", (maxTokens != null) ? maxTokens : 200,
				(temperature != null) ? temperature : 1.0, topK, topP, stops((stop != null) ? stop : List.of()), seed);
	}

	private static List<String> stops(List<@Nullable String> stop) {
		for (int i = 0; i < stop.size(); i++) {
			String text = stop.get(i);
			if (text == null || text.isEmpty() || text.length() > LONGEST_STOP) {
				throw new InvalidFieldException("stop/" + i,
						"must be a text of 1 to " + LONGEST_STOP + " characters, before which to stop");
			}
		}
		return stop.stream().map(String.class::cast).toList();
	}

	/**
	 * @param drawn the seed where there is none
	 */
	GenerationRequest withSeed(long drawn) {
		return new GenerationRequest(this.prompt, this.maxTokens, new Sampling(this.temperature, this.topK, this.topP),
				this.stop, (this.seed != null) ? this.seed : drawn);
	}

}
