package io.unfold.nn.network;

/** An encoder that reads a source and a decoder that writes, token by token. */
public non-sealed interface EncoderDecoderNetwork extends ServingNetwork {

	/** Reads the sources; the result is the decoder's starting state. */
	State encode(Sequences.Tokens sources);

	/**
	 * One step of the decoder.
	 * @param previous each row's previous token, or the start token; [batch]
	 */
	Step step(int[] previous, State state);

	/**
	 * @param logProbabilities natural logarithms of the next token's probabilities,
	 * [vocabulary][batch], batch fastest
	 * @param state the state after the step
	 */
	record Step(float[] logProbabilities, State state) {
	}

}
