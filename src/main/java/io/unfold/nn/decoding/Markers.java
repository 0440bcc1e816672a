package io.unfold.nn.decoding;

import java.util.Set;

/**
 * The tokens with a meaning of their own for a decoder.
 *
 * @param start read at the first step
 * @param end ends a sequence
 * @param never tokens that are never written, the start token for one
 */
public record Markers(int start, int end, Set<Integer> never) {

	public Markers {
		never = Set.copyOf(never);
	}

}
