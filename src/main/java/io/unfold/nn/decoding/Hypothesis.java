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
 */
public record Hypothesis(List<Integer> tokens, double score, boolean complete, List<float[]> attention) {
}
