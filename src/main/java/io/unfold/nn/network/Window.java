package io.unfold.nn.network;

/**
 * A piece in time of a mini-batch, or all of it, that is run at once.
 *
 * @param batch its steps; a row that has ended, or not yet begun, has none
 * @param targets number of answers that it is judged by; 0 where it only carries the
 * state
 * @param backward steps through which gradients go back, at the end of each row
 */
public record Window(Batch batch, int targets, int backward) {

	private static final int WHOLE = Integer.MAX_VALUE;

	/**
	 * A mini-batch of whole sequences.
	 * @param targets number of answers that it is judged by
	 */
	public static Window whole(Batch batch, int targets) {
		return new Window(batch, targets, WHOLE);
	}

	/** Whether sequences are whole, and so begin and end here. */
	boolean isWhole() {
		return this.backward == WHOLE;
	}

}
