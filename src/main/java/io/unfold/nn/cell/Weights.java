package io.unfold.nn.cell;

/**
 * The parameters of a cell, or their gradients; column-major.
 *
 * @param w of the inputs, [inputs, gates * units]
 * @param r of the state, [units, gates * units]
 * @param b biases, [biases * units]
 */
public record Weights(Floats w, Floats r, Floats b) {

	/** The same memory, for another thread that only reads. */
	public Weights view() {
		return new Weights(this.w.view(0, this.w.length()), this.r.view(0, this.r.length()),
				this.b.view(0, this.b.length()));
	}

	/** Sets all of them to zero. */
	void clear() {
		this.w.clear(0, this.w.length());
		this.r.clear(0, this.r.length());
		this.b.clear(0, this.b.length());
	}

}
