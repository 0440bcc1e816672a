package io.unfold.nn.network;

/**
 * An encoder that makes a code of fixed length of a sequence, and a decoder that
 * reconstructs the sequence from its code.
 */
public non-sealed interface AutoencoderNetwork extends ServingNetwork {

	/** The sequences' codes, numbers from -1 to 1; [code][batch], batch fastest. */
	float[] encode(Sequences sequences);

	/**
	 * Reconstructs sequences, each from its last step to its first.
	 * @param codes [code][batch]
	 * @param lengths number of steps of each row; [batch]
	 * @param reader takes the answers as they come
	 */
	void decode(float[] codes, int[] lengths, Reader reader);

	/** Takes the answers of a batch, step by step. */
	@FunctionalInterface
	interface Reader {

		/**
		 * Takes a step of every row.
		 * @param back how many steps before each row's last one it is
		 * @param answers values, or natural logarithms of the tokens' probabilities;
		 * [size][batch], batch fastest, without meaning where a row has no such step
		 */
		void step(int back, float[] answers);

	}

}
