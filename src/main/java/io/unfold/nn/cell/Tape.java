package io.unfold.nn.cell;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * The native memory of a pass over a batch of sequences: the blocks of each step and the
 * states between them, of all steps when they are kept for the backward pass; and the
 * products over all of it. For a row that is alone what can wait becomes one product over
 * all steps.
 */
final class Tape implements AutoCloseable {

	private final int inputs;

	/** Rows of W. */
	private final int rows;

	private final int units;

	private final CellShape shape;

	private final Recurrence recurrence;

	private final List<Product> products;

	private Span span = new Span(0, 0, null, false);

	private boolean kept;

	private boolean statesRead;

	private int size;

	/** Blocks of each step; [steps][blocks][batch * units]. */
	private Floats cache = Floats.allocate(0);

	/** The same memory, for products from one block to another. */
	private Floats target = this.cache.view(0, 0);

	/** States between the steps; [steps + 1][states][batch * units]. */
	private Floats states = Floats.allocate(0);

	/**
	 * What the recurrent weights see, where that is not the state; [steps][batch *
	 * units].
	 */
	private Floats fed = Floats.allocate(0);

	/** The earlier h that is an input of each step; [steps][batch * units]. */
	private Floats skipped = Floats.allocate(0);

	Tape(int inputs, CellSpec cell, List<Product> products) {
		this.inputs = inputs;
		this.rows = cell.rows(inputs);
		this.units = cell.units();
		this.shape = cell.shape();
		this.recurrence = cell.recurrenceOrPlain();
		this.products = products;
	}

	/**
	 * Makes room for a pass.
	 * @param states whether anybody will read the states
	 */
	void begin(Span span, boolean keep, boolean states) {
		this.span = span;
		this.kept = keep;
		this.statesRead = states;
		this.size = Math.multiplyExact(span.batch(), this.units);
		int steps = (keep || alone()) ? span.steps() : 1;
		long length = (long) steps * this.shape.blocks() * this.size;
		if (this.cache.length() < length) {
			this.cache.close();
			this.cache = Floats.allocate(length);
			this.target = this.cache.view(0, length);
		}
		this.states = Floats.grown(this.states, (long) (keep ? span.steps() + 1 : 1) * this.shape.states() * this.size);
		long slots = (long) (keep ? span.steps() : 1) * this.size;
		if (this.recurrence.dropout() > 0) {
			this.fed = Floats.grown(this.fed, slots);
		}
		if (this.recurrence.skip() != null) {
			this.skipped = Floats.grown(this.skipped, slots);
		}
	}

	/** Whether the batch is a single row. */
	boolean alone() {
		return this.span.batch() == 1;
	}

	void readBlocks(int t, float[][] z, int count) {
		for (int k = 0; k < count; k++) {
			this.cache.get(block(t, k), z[k], 0, this.size);
		}
	}

	void readBlock(int t, float[][] z, int k) {
		this.cache.get(block(t, k), z[k], 0, this.size);
	}

	void writeBlocks(int t, float[][] z, int count) {
		for (int k = 0; k < count; k++) {
			writeBlock(t, z, k);
		}
	}

	void writeBlock(int t, float[][] z, int k) {
		this.cache.put(block(t, k), z[k], 0, this.size);
	}

	/** Writes the state before the first step. */
	void writeFirst(float[][] state) {
		writeState(this.span.backwards() ? this.span.steps() : 0, state);
	}

	/** Writes what a step goes out from, unless the last step has written it. */
	void writeBefore(int t, float[][] state, float[] fed, float @Nullable [] skipped) {
		if (!this.statesRead) {
			return;
		}
		if (this.recurrence.delay() > 1) {
			writeState(this.span.before(t), state);
		}
		if (this.recurrence.dropout() > 0) {
			this.fed.put(fedOffset(t), fed, 0, this.size);
		}
		if (skipped != null) {
			this.skipped.put(fedOffset(t), skipped, 0, this.size);
		}
	}

	/** Writes the state after a step, where it is the one before the next. */
	void writeAfter(int t, float[][] state) {
		if (this.statesRead && this.recurrence.delay() == 1) {
			writeState(this.span.after(t), state);
		}
	}

	void readBefore(int t, float[][] state) {
		for (int s = 0; s < state.length; s++) {
			this.states.get(state(this.span.before(t)) + (long) s * this.size, state[s], 0, this.size);
		}
	}

	private void writeState(int number, float[][] state) {
		for (int s = 0; s < state.length; s++) {
			this.states.put(state(number) + (long) s * this.size, state[s], 0, this.size);
		}
	}

	/** Begins the sums of all steps of a single row: biases and x W. */
	void projectAll(Weights weights, Steps x, Biases biases) {
		for (int t = 0; t < this.span.steps(); t++) {
			writeBlocks(t, biases.tile(), this.shape.biases());
		}
		int columns = this.shape.gates() * this.units;
		if (this.span.steps() == 1) {
			Blas.gemv(true, this.inputs, columns, 1, weights.w(), 0, this.rows, x.memory(), x.at(0), 1, this.cache, 0);
		}
		else {
			Blas.gemm(true, false, columns, this.span.steps(), this.inputs, weights.w(), 0, this.rows, x.memory(),
					x.at(0), stride(x), 1, this.cache, 0, this.shape.blocks() * this.units);
		}
	}

	/** Adds what a step contributes to the gradients of W and R. */
	void gradients(Weights gradients, Steps x, int t) {
		int batch = this.span.batch();
		Blas.gemm(true, false, this.inputs, this.shape.gates() * this.units, batch, x.memory(), x.at(t), batch,
				this.cache, block(t, 0), batch, 1, gradients.w(), 0, this.rows);
		if (this.recurrence.skip() != null) {
			Blas.gemm(true, false, this.units, this.shape.gates() * this.units, batch, this.skipped, fedOffset(t),
					batch, this.cache, block(t, 0), batch, 1, gradients.w(), this.inputs, this.rows);
		}
		for (Product product : this.products) {
			Blas.gemm(true, false, this.units, product.count() * this.units, batch, source(product),
					sourceOffset(product, t), batch, this.target, block(t, product.target()), batch, 1, gradients.r(),
					column(product), this.units);
		}
	}

	/** A step that is not gone back through: what it contributes is nothing. */
	void pass(@Nullable Steps dx, boolean addToDx, int t) {
		if (alone()) {
			this.cache.clear(block(t, 0), (long) this.shape.biases() * this.size);
		}
		else if (dx != null && !addToDx) {
			dx.memory().clear(dx.at(t), (long) this.span.batch() * this.inputs);
		}
	}

	/** {@link #gradients} of all steps of a single row, and the gradient of its input. */
	void gradientsOfAll(Weights weights, Weights gradients, Steps x, @Nullable Steps dx, boolean addToDx) {
		int steps = this.span.steps();
		int columns = this.shape.gates() * this.units;
		int slot = this.shape.blocks() * this.units;
		Blas.gemm(false, true, this.inputs, columns, steps, x.memory(), x.at(0), stride(x), this.cache, 0, slot, 1,
				gradients.w(), 0, this.rows);
		if (this.recurrence.skip() != null) {
			Blas.gemm(false, true, this.units, columns, steps, this.skipped, 0, this.units, this.cache, 0, slot, 1,
					gradients.w(), this.inputs, this.rows);
		}
		for (Product product : this.products) {
			int stride = stride(product);
			Blas.gemm(false, true, this.units, product.count() * this.units, steps, source(product),
					sourceOffset(product, 0), stride, this.target, block(0, product.target()), slot, 1, gradients.r(),
					column(product), this.units);
		}
		if (dx != null) {
			Blas.gemm(false, false, this.inputs, steps, columns, weights.w(), 0, this.rows, this.cache, 0, slot,
					addToDx ? 1 : 0, dx.memory(), dx.at(0), stride(dx));
		}
	}

	private int stride(Steps steps) {
		return Math.toIntExact(steps.stride());
	}

	/** Rows of the batch. */
	int batch() {
		return this.span.batch();
	}

	/** Elements of a block. */
	int size() {
		return this.size;
	}

	/** Memory of the blocks. */
	Floats blocks() {
		return this.cache;
	}

	/** Memory of the blocks, for what a product from one block to another adds to. */
	Floats targets() {
		return this.target;
	}

	/** Memory of the earlier h that is an input. */
	Floats skipped() {
		return this.skipped;
	}

	/** Memory of a product's source. */
	Floats source(Product product) {
		if (product.source() != Product.STATE) {
			return this.cache;
		}
		return (this.recurrence.dropout() > 0) ? this.fed : this.states;
	}

	/** Where a product's source is, at a step. */
	long sourceOffset(Product product, int t) {
		if (product.source() != Product.STATE) {
			return block(t, product.source());
		}
		return (this.recurrence.dropout() > 0) ? fedOffset(t) : state(this.span.before(t));
	}

	/** From one step's source of a product to the next, for a single row. */
	private int stride(Product product) {
		if (product.source() != Product.STATE) {
			return this.shape.blocks() * this.units;
		}
		return (this.recurrence.dropout() > 0) ? this.units : this.shape.states() * this.units;
	}

	/** Where what a step is fed with is. */
	long fedOffset(int t) {
		return this.kept ? (long) t * this.size : 0;
	}

	private long column(Product product) {
		return (long) product.column() * this.units * this.units;
	}

	/** Where a block of a step is. */
	long block(int t, int k) {
		long slot = (this.kept || alone()) ? t : 0;
		return (slot * this.shape.blocks() + k) * this.size;
	}

	private long state(int number) {
		return this.kept ? (long) number * this.shape.states() * this.size : 0;
	}

	@Override
	public void close() {
		this.cache.close();
		this.states.close();
		this.fed.close();
		this.skipped.close();
		this.cache = Floats.allocate(0);
		this.target = this.cache.view(0, 0);
		this.states = Floats.allocate(0);
		this.fed = Floats.allocate(0);
		this.skipped = Floats.allocate(0);
	}

}
