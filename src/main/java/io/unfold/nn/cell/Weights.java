package io.unfold.nn.cell;

/**
 * The parameters of a cell, or their gradients; column-major.
 *
 * @param w of the inputs, [inputs, gates * units]
 * @param r of the state, [units, gates * units]
 * @param b biases, [biases * units]
 */
public record Weights(Floats w, Floats r, Floats b) {

	/** Sets all of them to zero. */
	void clear() {
		this.w.clear(0, this.w.length());
		this.r.clear(0, this.r.length());
		this.b.clear(0, this.b.length());
	}

}
