package io.unfold.nn.network;

/**
 * What a network should answer to a batch: either once per row, or at every step of every
 * row (the padding of the input, or of the decoder's input, is the padding here).
 */
public sealed interface Targets {

	/**
	 * Classes.
	 *
	 * @param ids [batch] or [time][batch]
	 */
	record Classes(int[] ids) implements Targets {
	}

	/**
	 * Numbers.
	 *
	 * @param data [size][batch] or [time][size][batch]
	 */
	record Values(float[] data) implements Targets {
	}

}
