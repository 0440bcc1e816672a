package io.unfold.nn.network;

/**
 * A batch of sequences of unequal lengths, padded at the end to the longest. What stands
 * in the padding is never looked at. Arrays are laid out with the batch fastest and time
 * slowest, which is DL4J's [batch, features, time] in 'f' order.
 */
public sealed interface Sequences {

	/** Number of steps of each row, at least 1; [batch]. */
	int[] lengths();

	/** Number of rows. */
	default int batch() {
		return lengths().length;
	}

	/** Steps of the longest row. */
	default int steps() {
		int steps = 0;
		for (int length : lengths()) {
			steps = Math.max(steps, length);
		}
		return steps;
	}

	/**
	 * Steps of numbers.
	 *
	 * @param features numbers at each step
	 * @param data [time][features][batch]
	 */
	record Values(int features, float[] data, int[] lengths) implements Sequences {
	}

	/**
	 * Steps of tokens.
	 *
	 * @param ids [time][batch]
	 */
	record Tokens(int[] ids, int[] lengths) implements Sequences {
	}

}
