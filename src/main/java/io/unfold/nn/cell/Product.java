package io.unfold.nn.cell;

/**
 * A product with recurrent weights that a cell makes at each step: the target blocks
 * receive the source times columns of R.
 *
 * @param source {@link #STATE}, or the block that is multiplied
 * @param column the first gate of R's columns
 * @param count number of gates, and of target blocks
 * @param target the first block that receives
 */
record Product(int source, int column, int count, int target) {

	/** The source that is not a block but the state h before the step. */
	static final int STATE = -1;

}
