package io.unfold.nn.decoding;

import java.util.List;

import io.unfold.nn.network.DecoderNetwork;
import io.unfold.nn.network.State;

/** A way of writing sequences with a decoder that reads its own output. */
public interface Search {

	/**
	 * Writes a sequence for each row of a starting state.
	 * @param network that writes
	 * @param start the decoder's starting state; [batch] rows
	 * @param maxLength tokens at most, the end token not counted
	 * @return for each row its hypotheses, best first, at least one
	 */
	List<List<Hypothesis>> search(DecoderNetwork network, State start, int maxLength);

}
