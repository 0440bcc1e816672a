package io.unfold.nn.network;

import java.util.List;

/**
 * A network whose decoder writes token by token, each from the one before and the state.
 */
public non-sealed interface DecoderNetwork extends ServingNetwork {

	/**
	 * One step of the decoder.
	 * @param previous each row's previous token, or the start token; [batch]
	 */
	Step step(int[] previous, State state);

	/** Whether it attends to a source, so that its steps tell where they looked. */
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
