package io.unfold.nn.cell;

import java.util.Arrays;
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

	private final List<Product> products;

	private final Tape tape;

	/** Elements of a block: batch * units. */
	int size;

	/** The blocks of the current step; [blocks][size]. */
	float[][] z = {};

	/** The state before the current step; [states][size]. */
	float[][] before = {};

	/** The state after the current step; [states][size]. */
	float[][] after = {};

	/** Gradient of the state after the current step; [states][size]. */
	float[][] d = {};

	/**
	 * Gradient of the state before the current step, as far as it does not go through the
	 * first product; [states][size].
	 */
	float[][] dBefore = {};

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
	CellKernel(int inputs, int units, CellShape shape, List<Product> products) {
		this.units = units;
		this.shape = shape;
		this.products = products;
		this.tape = new Tape(inputs, units, shape, products);
		this.biases = new Biases(units, shape.biases());
		this.blas = new BlasProducts(inputs, units, shape, products.get(0), this.tape, this.biases);
		if (Vectors.available()) {
			this.vectors = new VectorProducts(inputs, units, shape, products, this.tape, this.biases);
		}
		this.multiplier = this.blas;
	}

	/** Leaves all products to OpenBLAS. */
	final void withoutVectors() {
		this.vectors = null;
	}

	/** One step: from {@code z} and {@code before} to {@code after}. */
	abstract void step();

	/**
	 * The derivative of {@link #step()}: from {@code z}, {@code before} and {@code d} to
	 * {@code dBefore}, and to the gradients of the sums in {@code z}, in their place.
	 */
	abstract void stepBack();

	/**
	 * Runs over a batch of sequences.
	 * @param x inputs, [batch, inputs] at each step
	 * @param out receives h, [batch, units] at each step; zeros where a row has no step
	 * @param initial the state before the first step, [batch, states * units]; null:
	 * zeros
	 * @param keep whether what {@link #backward} needs is kept
	 */
	public void forward(Weights weights, Steps x, Steps out, Span span, @Nullable Floats initial, boolean keep) {
		begin(weights, span, initial, keep);
		this.multiplier.begin(weights, x);
		for (int i = 0; i < span.steps(); i++) {
			int t = span.step(i);
			this.step = t;
			this.multiplier.sums(weights, x, t, (i > 0 || initial != null) ? this.before[0] : null, this.z);
			step();
			if (keep) {
				this.tape.writeBlocks(t, this.z, this.shape.blocks());
			}
			if (span.isFull(t)) {
				out.memory().put(out.at(t), this.after[0], 0, this.size);
			}
			else {
				keepMissing(span, t);
				out.memory().put(out.at(t), this.dOut, 0, this.size);
			}
			this.tape.writeState(span.after(t), this.after);
			float[][] next = this.before;
			this.before = this.after;
			this.after = next;
		}
		this.kept = keep;
	}

	/** The state after the last step of {@link #forward}; [batch, states * units]. */
	public float[] finalState() {
		float[] state = new float[this.shape.states() * this.size];
		for (int s = 0; s < this.shape.states(); s++) {
			System.arraycopy(this.before[s], 0, state, s * this.size, this.size);
		}
		return state;
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
		for (float[] vector : this.d) {
			Arrays.fill(vector, 0);
		}
		this.biases.clear();
		for (int i = span.steps() - 1; i >= 0; i--) {
			int t = span.step(i);
			if (span.isEmpty(t)) {
				this.tape.pass(dx, addToDx, t);
				continue;
			}
			this.step = t;
			this.tape.readBlocks(t, this.z, this.shape.blocks());
			this.tape.readState(span.before(t), this.before);
			dOut.memory().get(dOut.at(t), this.dOut, 0, this.size);
			boolean full = span.isFull(t);
			if (full) {
				add(this.dOut, this.d[0], this.size);
				stepBack();
			}
			else {
				stepBackMissing(span, t);
			}
			this.tape.writeBlocks(t, this.z, this.shape.biases());
			this.biases.add(this.z);
			this.multiplier.addBack(weights, this.products.get(0), t, this.z, this.dBefore[0]);
			if (!this.tape.alone()) {
				this.tape.gradients(gradients, x, t);
				if (dx != null) {
					this.multiplier.inputBack(weights, dx, addToDx, t, this.z);
				}
			}
			float[][] next = this.d;
			this.d = this.dBefore;
			this.dBefore = next;
		}
		if (this.tape.alone()) {
			this.tape.gradientsOfAll(weights, gradients, x, dx, addToDx);
		}
		this.biases.sum(gradients.b());
		if (dInitial != null) {
			for (int s = 0; s < this.shape.states(); s++) {
				dInitial.put((long) s * this.size, this.d[s], 0, this.size);
			}
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
		this.tape.begin(span, keep);
		int needed = Math.multiplyExact(span.batch(), this.units);
		if (this.size != needed) {
			this.size = needed;
			this.z = new float[this.shape.blocks()][needed];
			this.before = new float[this.shape.states()][needed];
			this.after = new float[this.shape.states()][needed];
			this.d = new float[this.shape.states()][needed];
			this.dBefore = new float[this.shape.states()][needed];
			this.dOut = new float[needed];
		}
		this.biases.repeat(weights.b(), span.batch());
		VectorProducts fast = this.vectors;
		this.multiplier = (fast != null && VectorProducts.suits(span.batch())) ? fast : this.blas;
		for (int s = 0; s < this.shape.states(); s++) {
			if (initial == null) {
				Arrays.fill(this.before[s], 0);
			}
			else {
				initial.get((long) s * this.size, this.before[s], 0, this.size);
			}
		}
		this.tape.writeState(span.backwards() ? span.steps() : 0, this.before);
	}

	/** Where a row has no step, it keeps its state and answers zeros. */
	private void keepMissing(Span span, int t) {
		System.arraycopy(this.after[0], 0, this.dOut, 0, this.size);
		for (int row = 0; row < span.batch(); row++) {
			if (!span.has(t, row)) {
				for (int i = row; i < this.size; i += span.batch()) {
					this.dOut[i] = 0;
					for (int s = 0; s < this.shape.states(); s++) {
						this.after[s][i] = this.before[s][i];
					}
				}
			}
		}
	}

	/** Where a row has no step, the gradient of its state goes straight through. */
	private void stepBackMissing(Span span, int t) {
		for (int row = 0; row < span.batch(); row++) {
			if (!span.has(t, row)) {
				for (int i = row; i < this.size; i += span.batch()) {
					this.dOut[i] = 0;
				}
			}
		}
		add(this.dOut, this.d[0], this.size);
		stepBack();
		for (int row = 0; row < span.batch(); row++) {
			if (!span.has(t, row)) {
				for (int i = row; i < this.size; i += span.batch()) {
					for (int k = 0; k < this.shape.biases(); k++) {
						this.z[k][i] = 0;
					}
					for (int s = 0; s < this.shape.states(); s++) {
						this.dBefore[s][i] = this.d[s][i];
					}
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
