package io.unfold.nn.cell;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/** The parameters of a cell, or their gradients; column-major. */
public final class Weights {

	private final Floats w;

	private final Floats r;

	private final Floats b;

	/** Packed forms; null where the weights change. */
	private final @Nullable Map<String, Panels> packed;

	private Weights(Floats w, Floats r, Floats b, @Nullable Map<String, Panels> packed) {
		this.w = w;
		this.r = r;
		this.b = b;
		this.packed = packed;
	}

	/**
	 * Parameters that may change between passes.
	 * @param w of the inputs, [inputs, gates * units]
	 * @param r of the state, [units, gates * units]
	 * @param b biases, [biases * units]
	 */
	public Weights(Floats w, Floats r, Floats b) {
		this(w, r, b, null);
	}

	/**
	 * Parameters that never change: what is computed of them is kept, for all views.
	 */
	public static Weights constant(Floats w, Floats r, Floats b) {
		return new Weights(w, r, b, new ConcurrentHashMap<>());
	}

	public Floats w() {
		return this.w;
	}

	public Floats r() {
		return this.r;
	}

	public Floats b() {
		return this.b;
	}

	@Nullable Map<String, Panels> packed() {
		return this.packed;
	}

	/** The same memory, for another thread that only reads. */
	public Weights view() {
		return new Weights(this.w.view(0, this.w.length()), this.r.view(0, this.r.length()),
				this.b.view(0, this.b.length()), this.packed);
	}

	/** Sets all of them to zero. */
	void clear() {
		this.w.clear(0, this.w.length());
		this.r.clear(0, this.r.length());
		this.b.clear(0, this.b.length());
	}

}
