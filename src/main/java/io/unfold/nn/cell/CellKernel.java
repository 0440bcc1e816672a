package io.unfold.nn.cell;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A cell's arithmetic in floats: one direction of one layer over a batch of sequences,
 * forward and backward. Products run in OpenBLAS on native memory, the arithmetic of the
 * gates in plain loops over arrays, which the compiler vectorises. Buffers are kept and
 * grow as needed; nothing is allocated per step. Not thread-safe.
 *
 * <p>
 * At each step a cell works on blocks of [batch, units]. The first ones, as many as the
 * shape has biases, hold sums: the biases, x W in the first {@code gates} of them, and
 * the products with R. The cell may use further blocks for what its backward pass wants
 * to know. The backward pass replaces each sum by its gradient.
 */
public abstract class CellKernel implements AutoCloseable {

	private final int units;

	private final CellShape shape;

	private final Product first;

	private final Tape tape;

	/** Elements of a block: batch * units. */
	int size;

	/** The blocks of the current step; [blocks][size]. */
	float[][] z = {};

	/** The state before the current step; [states][size]. */
	float[][] before = {};

	/** h before the current step, as the recurrent weights see it; [size]. */
	float[] fed = {};

	/** The state after the current step; [states][size]. */
	float[][] after = {};

	/** Gradient of the state after the current step; [states][size]. */
	float[][] d = {};

	/**
	 * Gradient of the state before the current step, as far as it does not go through
	 * {@code fed}; [states][size].
	 */
	float[][] dBefore = {};

	/**
	 * Gradient of {@code fed}, as far as it does not go through the first product: to be
	 * added to, after {@code dBefore} is set, which it may be part of; [size].
	 */
	float[] dFed = {};

	private final Feedback feedback;

	private final Biases biases;

	private final BlasProducts blas;

	/** Null where vectors are not to be had. */
	private @Nullable VectorProducts vectors;

	/** Those of the current pass. */
	private Products multiplier;

	/** Gradient of the outputs of the current step; [size]. */
	private float[] dOut = {};

	private boolean kept;

	/** The current step, and its weights. */
	private int step;

	private @Nullable Weights weights;

	/**
	 * @param products the products with the recurrent weights; the first is made before
	 * {@link #step()}, the others by it
	 */
	CellKernel(int inputs, CellSpec cell, List<Product> products) {
		this.units = cell.units();
		this.shape = cell.shape();
		this.feedback = new Feedback(cell.recurrenceOrPlain(), this.shape.states(), this.units);
		this.first = products.get(0);
		this.tape = new Tape(inputs, cell, products);
		this.biases = new Biases(this.units, this.shape.biases());
		this.blas = new BlasProducts(inputs, cell, this.first, this.tape, this.biases);
		if (Vectors.available()) {
			this.vectors = new VectorProducts(inputs, cell, products, this.tape, this.biases);
		}
		this.multiplier = this.blas;
	}

	/** Leaves all products to OpenBLAS. */
	final void withoutVectors() {
		this.vectors = null;
	}

	/**
	 * Sets what the next passes' recurrent dropout multiplies h by.
	 * @param mask [batch, units]; null: no dropout
	 */
	public void dropOut(float @Nullable [] mask) {
		this.feedback.dropOut(mask);
	}

	/** One step: from {@code z}, {@code before} and {@code fed} to {@code after}. */
	abstract void step();

	/**
	 * The derivative of {@link #step()}: from {@code z}, {@code before}, {@code fed} and
	 * {@code d} to {@code dBefore} and {@code dFed}, and to the gradients of the sums in
	 * {@code z}, in their place.
	 */
	abstract void stepBack();

	/**
	 * Runs over a batch of sequences.
	 * @param x inputs, [batch, inputs] at each step
	 * @param out receives h, [batch, units] at each step; zeros where a row has no step
	 * @param initial the states before the first step, [batch, states * units] as
	 * {@link CellSpec#states()} counts them; null: zeros
	 * @param keep whether what {@link #backward} needs is kept
	 */
	public void forward(Weights weights, Steps x, Steps out, Span span, @Nullable Floats initial, boolean keep) {
		begin(weights, span, initial, keep);
		this.multiplier.begin(weights, x);
		for (int i = 0; i < span.steps(); i++) {
			int t = span.step(i);
			this.step = t;
			this.before = this.feedback.before();
			this.fed = this.feedback.feed(this.before);
			float[] skipped = this.feedback.skipped();
			this.tape.writeBefore(t, this.before, this.fed, skipped);
			this.multiplier.sums(weights, x, t, (i > 0 || initial != null) ? this.fed : null, skipped, this.z);
			step();
			this.feedback.leak(this.before, this.after);
			if (keep) {
				this.tape.writeBlocks(t, this.z, this.shape.blocks());
			}
			boolean full = span.isFull(t);
			float[] answer = this.after[0];
			if (!full) {
				System.arraycopy(answer, 0, this.dOut, 0, this.size);
				hideMissing(span, t);
				answer = this.dOut;
			}
			out.memory().put(out.at(t), answer, 0, this.size);
			this.after = this.feedback.push(this.after, span, t, full);
			this.tape.writeAfter(t, this.feedback.latest());
		}
		this.kept = keep;
	}

	/** The state after the last step of {@link #forward}; [batch, states * units]. */
	public float[] finalState() {
		return this.feedback.values();
	}

	/**
	 * The gradients of the pass that {@link #forward} has kept. Uses up what was kept.
	 * Over {@link Span#last some of its steps} only, the others are constants: they add
	 * nothing to the gradients of the weights, theirs of x are zero, and {@code dInitial}
	 * is that of the state before the steps that are gone back through.
	 * @param gradients receives the gradients of the weights
	 * @param dOut gradient of the outputs; what it says where a row has no step is not
	 * looked at
	 * @param dx receives the gradient of the inputs; null: not wanted
	 * @param addToDx whether dx is added to rather than replaced
	 * @param dInitial receives the gradient of the initial state; null: not wanted
	 */
	public void backward(Weights weights, Weights gradients, Steps x, Steps dOut, @Nullable Steps dx, boolean addToDx,
			@Nullable Floats dInitial, Span span) {
		if (!this.kept) {
			throw new IllegalStateException("there is no forward pass to go back through");
		}
		this.kept = false;
		this.multiplier.beginBack(weights, dx != null);
		gradients.clear();
		this.feedback.beginBack();
		this.biases.clear();
		for (int i = span.steps() - 1; i >= 0; i--) {
			int t = span.step(i);
			if (span.isEmpty(t)) {
				this.tape.pass(dx, addToDx, t);
				continue;
			}
			this.step = t;
			this.tape.readBlocks(t, this.z, this.shape.blocks());
			this.before = this.feedback.latest();
			this.tape.readBefore(t, this.before);
			this.fed = this.feedback.feed(this.before);
			dOut.memory().get(dOut.at(t), this.dOut, 0, this.size);
			this.d = this.feedback.gradient();
			boolean full = span.isFull(t);
			if (!full) {
				hideMissing(span, t);
				this.feedback.save(span, t);
			}
			add(this.dOut, this.d[0], this.size);
			this.feedback.leakBack(this.d);
			this.dFed = this.feedback.fedGradient(this.dBefore);
			stepBack();
			if (!full) {
				ignoreMissing(span, t);
			}
			this.tape.writeBlocks(t, this.z, this.shape.biases());
			this.biases.add(this.z);
			this.multiplier.addBack(weights, this.first, t, this.z, this.dFed);
			if (!this.tape.alone()) {
				this.tape.gradients(gradients, x, t);
				if (dx != null) {
					this.multiplier.inputBack(weights, dx, addToDx, t, this.z);
				}
			}
			float[] dSkipped = this.feedback.skippedGradient();
			if (dSkipped != null) {
				this.multiplier.skipBack(weights, t, this.z, dSkipped);
			}
			this.dBefore = this.feedback.goBack(this.dBefore, this.dFed);
			if (!full) {
				this.feedback.restore(span, t);
			}
		}
		if (this.tape.alone()) {
			this.tape.gradientsOfAll(weights, gradients, x, dx, addToDx);
		}
		this.biases.sum(gradients.b());
		if (dInitial != null) {
			float[] values = this.feedback.gradients();
			dInitial.put(0, values, 0, values.length);
		}
	}

	@Override
	public void close() {
		this.tape.close();
		this.blas.close();
		this.kept = false;
		this.size = 0;
	}

	/** Adds a product to its target in {@code z}, for {@link #step()}. */
	final void multiply(Product product) {
		this.multiplier.add(weights(), product, this.step, this.z);
	}

	/**
	 * Adds to {@code dSource} the gradient of a product's source, given that of its
	 * target in {@code z}, for {@link #stepBack()}.
	 */
	final void multiplyBack(Product product, float[] dSource) {
		this.multiplier.addBack(weights(), product, this.step, this.z, dSource);
	}

	private Weights weights() {
		Weights current = this.weights;
		if (current == null) {
			throw new IllegalStateException("there is no pass");
		}
		return current;
	}

	private void begin(Weights weights, Span span, @Nullable Floats initial, boolean keep) {
		this.weights = weights;
		this.kept = false;
		VectorProducts fast = this.vectors;
		this.multiplier = (fast != null && VectorProducts.suits(span.batch(), weights)) ? fast : this.blas;
		this.tape.begin(span, keep, keep || this.multiplier == this.blas);
		int needed = Math.multiplyExact(span.batch(), this.units);
		if (this.size != needed) {
			this.size = needed;
			this.z = new float[this.shape.blocks()][needed];
			this.after = new float[this.shape.states()][needed];
			this.dBefore = new float[this.shape.states()][needed];
			this.dOut = new float[needed];
		}
		this.biases.repeat(weights.b(), span.batch());
		this.feedback.begin(span.batch(), initial);
		this.tape.writeFirst(this.feedback.latest());
	}

	/** What a row that does not have the step answers is zero, and has no gradient. */
	private void hideMissing(Span span, int t) {
		for (int row = 0; row < span.batch(); row++) {
			for (int i = row; !span.has(t, row) && i < this.size; i += span.batch()) {
				this.dOut[i] = 0;
			}
		}
	}

	/** What it contributes to the gradients is nothing. */
	private void ignoreMissing(Span span, int t) {
		for (int row = 0; row < span.batch(); row++) {
			for (int k = 0; !span.has(t, row) && k < this.shape.biases(); k++) {
				for (int i = row; i < this.size; i += span.batch()) {
					this.z[k][i] = 0;
				}
			}
		}
	}

	private static void add(float[] from, float[] to, int count) {
		for (int i = 0; i < count; i++) {
			to[i] += from[i];
		}
	}

}
