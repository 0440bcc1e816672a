package io.unfold.task.generation;

import java.util.List;

import io.unfold.nn.decoding.Sampling;

/**
 * How a text is to be written.
 *
 * @param prompt what it goes on from; may be empty
 * @param maxTokens tokens that it has at most
 * @param sampling how each token is chosen
 * @param stop strings before which it ends, none of them empty
 * @param seed decides what is drawn
 */
public record GenerationRequest(String prompt, int maxTokens, Sampling sampling, List<String> stop, long seed) {

	public GenerationRequest {
		stop = List.copyOf(stop);
	}

}
