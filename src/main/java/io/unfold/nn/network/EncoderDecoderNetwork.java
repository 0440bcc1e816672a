package io.unfold.nn.network;

import java.util.List;

/** An encoder that reads a source and a decoder that writes, token by token. */
public non-sealed interface EncoderDecoderNetwork extends ServingNetwork {

	/** Reads the sources; the result is the decoder's starting state. */
	State encode(Sequences.Tokens sources);

	/**
	 * One step of the decoder.
	 * @param previous each row's previous token, or the start token; [batch]
	 */
	Step step(int[] previous, State state);

	/** Whether it attends to the source, so that its steps tell where they looked. */
	boolean attends();

	/**
	 * @param logProbabilities natural logarithms of the next token's probabilities,
	 * [vocabulary][batch], batch fastest
	 * @param state the state after the step
	 * @param attention for each row the weights of its source's steps, which sum to 1;
	 * empty where there is no attention
	 */
	record Step(float[] logProbabilities, State state, List<float[]> attention) {
	}

}
