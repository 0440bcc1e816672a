package io.unfold.nn.cell;

import org.jspecify.annotations.Nullable;

/**
 * The steps that a cell runs over.
 *
 * @param batch number of rows
 * @param steps number of steps
 * @param mask 1 where a row has a step and 0 where it does not, [time][batch], batch
 * fastest; null where every row has every step. At a step that it does not have, a row
 * keeps its state and answers zeros
 * @param backwards from the last step to the first. Where sequences are padded at the
 * end, the missing steps come first then and leave the initial state as it is: each row
 * is read from its own last step
 */
public record Span(int batch, int steps, float @Nullable [] mask, boolean backwards) {

	/** The step that is run as number {@code i}. */
	int step(int i) {
		return this.backwards ? this.steps - 1 - i : i;
	}

	/** Number, among steps + 1, of the state before the step {@code t}. */
	int before(int t) {
		return this.backwards ? t + 1 : t;
	}

	/** Number, among steps + 1, of the state after the step {@code t}. */
	int after(int t) {
		return this.backwards ? t : t + 1;
	}

	/** Whether every row has the step. */
	boolean isFull(int t) {
		if (this.mask != null) {
			for (int b = 0; b < this.batch; b++) {
				if (this.mask[t * this.batch + b] == 0) {
					return false;
				}
			}
		}
		return true;
	}

	/** Whether no row has the step. */
	boolean isEmpty(int t) {
		for (int b = 0; b < this.batch; b++) {
			if (has(t, b)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The same steps, of which each row has only its last few, in the order in which they
	 * are run: a backward pass over them goes back no further, and takes what came before
	 * for constant.
	 * @param count steps that a row has at most
	 */
	public Span last(int count) {
		if (count >= this.steps) {
			return this;
		}
		float[] last = new float[this.steps * this.batch];
		for (int row = 0; row < this.batch; row++) {
			int left = count;
			for (int i = this.steps - 1; i >= 0 && left > 0; i--) {
				int t = step(i);
				if (has(t, row)) {
					last[t * this.batch + row] = 1;
					left--;
				}
			}
		}
		return new Span(this.batch, this.steps, last, this.backwards);
	}

	/** Whether the row has the step. */
	boolean has(int t, int row) {
		return this.mask == null || this.mask[t * this.batch + row] != 0;
	}

}
