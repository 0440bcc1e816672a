package io.unfold.nn.network;

/** A stack of recurrent layers with an output at every step or after the last. */
public non-sealed interface SequenceNetwork extends ServingNetwork {

	/** The state before the first step: zeros. */
	State initialState(int batch);

	/**
	 * Runs over the sequences from the given state. A bidirectional network sees whole
	 * sequences only and takes no state but the initial one.
	 */
	Result run(Sequences inputs, State state);

	/**
	 * @param outputs probabilities of classes (softmax) or values: [time][size][batch]
	 * when the network answers at every step (zero in the padding), otherwise
	 * [size][batch]; batch fastest
	 * @param state the state after each row's last step
	 */
	record Result(float[] outputs, State state) {
	}

}
