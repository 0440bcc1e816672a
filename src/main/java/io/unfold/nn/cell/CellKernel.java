package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

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

	private final Recurrence recurrence;

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

	/** The states of the last few steps. */
	private StateWindow window = new StateWindow(1, 0, 0, 0);

	/** Their gradients. */
	private StateWindow gradients = this.window;

	/** What recurrent dropout multiplies h by; [size]. Null: no dropout. */
	private float @Nullable [] dropout;

	/** h under dropout; [size]. */
	private float[] hidden = {};

	private float[] hiddenGradient = {};

	/** Gradient of h before the step that goes past the cell; [size]. */
	private float[] past = {};

	/** The gradient that the window's oldest state gets from a step; [states][size]. */
	private float[][] dOldest = {};

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
		this.recurrence = cell.recurrenceOrPlain();
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
		this.dropout = mask;
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
		Integer skip = this.recurrence.skip();
		for (int i = 0; i < span.steps(); i++) {
			int t = span.step(i);
			this.step = t;
			this.before = this.window.ago(this.recurrence.delay());
			float[] skipped = (skip != null) ? this.window.ago(skip)[0] : null;
			feed();
			this.tape.writeBefore(t, this.before, this.fed, skipped);
			this.multiplier.sums(weights, x, t, (i > 0 || initial != null) ? this.fed : null, skipped, this.z);
			step();
			leak();
			if (keep) {
				this.tape.writeBlocks(t, this.z, this.shape.blocks());
			}
			if (span.isFull(t)) {
				out.memory().put(out.at(t), this.after[0], 0, this.size);
				this.after = this.window.push(this.after);
			}
			else {
				answer(span, t);
				out.memory().put(out.at(t), this.dOut, 0, this.size);
				forEachMissing(span, t, this.window::save);
				this.after = this.window.push(this.after);
				forEachMissing(span, t, this.window::restore);
			}
			this.tape.writeAfter(t, this.window.ago(1));
		}
		this.kept = keep;
	}

	/** The state after the last step of {@link #forward}; [batch, states * units]. */
	public float[] finalState() {
		return this.window.values();
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
		this.gradients.set(null);
		this.biases.clear();
		for (int i = span.steps() - 1; i >= 0; i--) {
			int t = span.step(i);
			if (span.isEmpty(t)) {
				this.tape.pass(dx, addToDx, t);
				continue;
			}
			this.step = t;
			this.tape.readBlocks(t, this.z, this.shape.blocks());
			this.before = this.window.ago(1);
			this.tape.readBefore(t, this.before);
			feed();
			dOut.memory().get(dOut.at(t), this.dOut, 0, this.size);
			this.d = this.gradients.ago(1);
			boolean full = span.isFull(t);
			if (!full) {
				forEachMissing(span, t, this::hide);
				forEachMissing(span, t, this.gradients::save);
			}
			add(this.dOut, this.d[0], this.size);
			leakBack();
			this.dFed = (this.dropout != null) ? zeros(this.hiddenGradient) : this.dBefore[0];
			stepBack();
			if (!full) {
				forEachMissing(span, t, this::ignore);
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
			goBack(weights, t);
			if (!full) {
				forEachMissing(span, t, this.gradients::restore);
			}
		}
		if (this.tape.alone()) {
			this.tape.gradientsOfAll(weights, gradients, x, dx, addToDx);
		}
		this.biases.sum(gradients.b());
		if (dInitial != null) {
			float[] values = this.gradients.values();
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
			int states = this.shape.states();
			this.window = new StateWindow(this.recurrence.window(), states, span.batch(), this.units);
			this.gradients = new StateWindow(this.recurrence.window(), states, span.batch(), this.units);
			this.after = new float[states][needed];
			this.dBefore = new float[states][needed];
			this.dOut = new float[needed];
			this.hidden = new float[(this.recurrence.dropout() > 0) ? needed : 0];
			this.hiddenGradient = new float[this.hidden.length];
			this.past = new float[(this.recurrence.leak() < 1) ? needed : 0];
			this.dOldest = new float[states][(this.recurrence.skip() != null) ? needed : 0];
		}
		this.biases.repeat(weights.b(), span.batch());
		this.window.set(initial);
		this.tape.writeFirst(this.window.ago(1));
	}

	/** Makes what the recurrent weights see of the state before the step. */
	private void feed() {
		this.fed = this.before[0];
		if (this.dropout != null) {
			System.arraycopy(this.before[0], 0, this.hidden, 0, this.size);
			multiply(this.hidden, this.dropout, this.size);
			this.fed = this.hidden;
		}
	}

	private void leak() {
		if (this.past.length > 0) {
			mix(this.after[0], (float) this.recurrence.leak(), this.before[0], this.size);
		}
	}

	/** Divides the gradient of h between the cell and what goes past it. */
	private void leakBack() {
		if (this.past.length > 0) {
			float leak = (float) this.recurrence.leak();
			for (int i = 0; i < this.size; i++) {
				this.past[i] = (1 - leak) * this.d[0][i];
				this.d[0][i] *= leak;
			}
		}
	}

	/** Gives the states before a step what the step has made of the gradients. */
	private void goBack(Weights weights, int t) {
		if (this.dropout != null) {
			multiply(this.dFed, this.dropout, this.size);
			add(this.dFed, this.dBefore[0], this.size);
		}
		if (this.past.length > 0) {
			add(this.past, this.dBefore[0], this.size);
		}
		if (this.recurrence.skip() == null) {
			this.dBefore = this.gradients.pop(this.dBefore);
			return;
		}
		for (float[] state : this.dOldest) {
			Arrays.fill(state, 0);
		}
		this.multiplier.skipBack(weights, t, this.z, this.dOldest[0]);
		this.dOldest = this.gradients.pop(this.dOldest);
		float[][] gradient = this.gradients.ago(this.recurrence.delay());
		for (int s = 0; s < gradient.length; s++) {
			add(this.dBefore[s], gradient[s], this.size);
		}
	}

	/** The outputs of a step that some rows do not have: zeros for these. */
	private void answer(Span span, int t) {
		System.arraycopy(this.after[0], 0, this.dOut, 0, this.size);
		forEachMissing(span, t, this::hide);
	}

	private void hide(int row) {
		int batch = this.size / this.units;
		for (int i = row; i < this.size; i += batch) {
			this.dOut[i] = 0;
		}
	}

	/** What a row that does not have the step contributes to the gradients is nothing. */
	private void ignore(int row) {
		int batch = this.size / this.units;
		for (int k = 0; k < this.shape.biases(); k++) {
			for (int i = row; i < this.size; i += batch) {
				this.z[k][i] = 0;
			}
		}
	}

	private static void forEachMissing(Span span, int t, IntConsumer action) {
		for (int row = 0; row < span.batch(); row++) {
			if (!span.has(t, row)) {
				action.accept(row);
			}
		}
	}

	private static float[] zeros(float[] values) {
		Arrays.fill(values, 0);
		return values;
	}

	private static void add(float[] from, float[] to, int count) {
		for (int i = 0; i < count; i++) {
			to[i] += from[i];
		}
	}

	private static void multiply(float[] values, float[] factors, int count) {
		for (int i = 0; i < count; i++) {
			values[i] *= factors[i];
		}
	}

	private static void mix(float[] values, float share, float[] others, int count) {
		for (int i = 0; i < count; i++) {
			values[i] = share * values[i] + (1 - share) * others[i];
		}
	}

}
