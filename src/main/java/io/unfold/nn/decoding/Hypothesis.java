package io.unfold.nn.decoding;

import java.util.List;

/**
 * A written sequence.
 *
 * @param tokens without the start and the end token
 * @param score mean log-probability per token (nats), the end token counted
 * @param complete whether it ended by itself rather than at the length limit
 * @param attention for each token the weights of the source's steps; empty where the
 * network does not attend
 * @param placements where the phrases are that had to be written
 */
public record Hypothesis(List<Integer> tokens, double score, boolean complete, List<float[]> attention,
		List<Placement> placements) {

	/** One that did not have to write any phrase. */
	public Hypothesis(List<Integer> tokens, double score, boolean complete, List<float[]> attention) {
		this(tokens, score, complete, attention, List.of());
	}

	/**
	 * Where a phrase is.
	 *
	 * @param phrase its number
	 * @param from its first token
	 * @param to the token after its last
	 */
	public record Placement(int phrase, int from, int to) {
	}

}
