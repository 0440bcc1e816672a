package io.unfold.nn.network;

/**
 * What a network should answer to a batch: either once per row, or at every step of every
 * row (the padding of the input, or of the decoder's input, is the padding here).
 */
public sealed interface Targets {

	/** The first steps of each row whose answers do not count in the loss. */
	int washout();

	/**
	 * Classes.
	 *
	 * @param ids [batch] or [time][batch]
	 */
	record Classes(int[] ids) implements Targets {

		@Override
		public int washout() {
			return 0;
		}

	}

	/**
	 * Numbers.
	 *
	 * @param data [size][batch] or [time][size][batch]
	 * @param washout the first steps of each row whose answers do not count; 0 where a
	 * row is answered once
	 */
	record Values(float[] data, int washout) implements Targets {
	}

}
