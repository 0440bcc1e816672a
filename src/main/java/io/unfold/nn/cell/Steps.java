package io.unfold.nn.cell;

/**
 * A sequence in native memory: one column-major block [batch, features] per step, which
 * is DL4J's [batch, features, time] in 'f' order, or part of its features.
 *
 * @param memory where it is
 * @param offset of the first step's block
 * @param stride from one step's block to the next
 */
public record Steps(Floats memory, long offset, long stride) {

	/** Where the block of step {@code t} begins. */
	public long at(int t) {
		return this.offset + t * this.stride;
	}

}
