package io.unfold.nn.cell;

import org.jspecify.annotations.Nullable;

/**
 * Products by OpenBLAS on the tape's memory. A single row is treated differently: what
 * can wait becomes one product over all steps, and the recurrence a product with a
 * vector.
 */
final class BlasProducts implements Products {

	private final Product first;

	private final int inputs;

	/** Rows of W. */
	private final int rows;

	private final int units;

	private final CellShape shape;

	private final Tape tape;

	private final Biases biases;

	/** A gradient of [batch, units]. */
	private Floats gradient = Floats.allocate(0);

	/** W and R transposed: the backward pass reads them so a quarter faster. */
	private Floats transposedW = Floats.allocate(0);

	private Floats transposedR = Floats.allocate(0);

	BlasProducts(int inputs, CellSpec cell, Product first, Tape tape, Biases biases) {
		this.first = first;
		this.inputs = inputs;
		this.rows = cell.rows(inputs);
		this.units = cell.units();
		this.shape = cell.shape();
		this.tape = tape;
		this.biases = biases;
	}

	@Override
	public void begin(Weights weights, Steps x) {
		this.gradient = Floats.grown(this.gradient, this.tape.size());
		if (this.tape.alone()) {
			this.tape.projectAll(weights, x, this.biases);
		}
	}

	@Override
	public void sums(Weights weights, Steps x, int t, float @Nullable [] h, float @Nullable [] skipped, float[][] z) {
		int batch = this.tape.batch();
		Floats blocks = this.tape.blocks();
		if (!this.tape.alone()) {
			this.tape.writeBlocks(t, this.biases.tile(), this.shape.biases());
			Blas.gemm(false, false, batch, columns(), this.inputs, x.memory(), x.at(t), batch, weights.w(), 0,
					this.rows, 1, blocks, this.tape.block(t, 0), batch);
		}
		if (skipped != null) {
			Blas.gemm(false, false, batch, columns(), this.units, this.tape.skipped(), this.tape.fedOffset(t), batch,
					weights.w(), this.inputs, this.rows, 1, blocks, this.tape.block(t, 0), batch);
		}
		if (h != null) {
			multiply(weights, this.first, t);
		}
		this.tape.readBlocks(t, z, this.shape.biases());
	}

	@Override
	public void add(Weights weights, Product product, int t, float[][] z) {
		this.tape.writeBlock(t, z, product.source());
		this.tape.writeBlock(t, z, product.target());
		multiply(weights, product, t);
		this.tape.readBlock(t, z, product.target());
	}

	private void multiply(Weights weights, Product product, int t) {
		int batch = this.tape.batch();
		int columns = product.count() * this.units;
		Floats r = weights.r();
		Floats target = this.tape.targets();
		if (this.tape.alone()) {
			Blas.gemv(true, this.units, columns, 1, r, column(product), this.units, this.tape.source(product),
					this.tape.sourceOffset(product, t), 1, target, this.tape.block(t, product.target()));
		}
		else {
			Blas.gemm(false, false, batch, columns, this.units, this.tape.source(product),
					this.tape.sourceOffset(product, t), batch, r, column(product), this.units, 1, target,
					this.tape.block(t, product.target()), batch);
		}
	}

	@Override
	public void beginBack(Weights weights, boolean inputGradient) {
		if (this.tape.alone()) {
			return;
		}
		this.transposedR = Floats.grown(this.transposedR, weights.r().length());
		Blas.transpose(this.units, columns(), weights.r(), this.transposedR);
		if (inputGradient || this.rows > this.inputs) {
			this.transposedW = Floats.grown(this.transposedW, weights.w().length());
			Blas.transpose(this.rows, columns(), weights.w(), this.transposedW);
		}
	}

	@Override
	public void addBack(Weights weights, Product product, int t, float[][] z, float[] d) {
		int batch = this.tape.batch();
		int columns = product.count() * this.units;
		if (!product.equals(this.first)) {
			this.tape.writeBlock(t, z, product.target());
		}
		this.gradient.put(0, d, 0, this.tape.size());
		Floats blocks = this.tape.blocks();
		if (this.tape.alone()) {
			Blas.gemv(false, this.units, columns, 1, weights.r(), column(product), this.units, blocks,
					this.tape.block(t, product.target()), 1, this.gradient, 0);
		}
		else {
			Blas.gemm(false, false, batch, this.units, columns, blocks, this.tape.block(t, product.target()), batch,
					this.transposedR, (long) product.column() * this.units, columns(), 1, this.gradient, 0, batch);
		}
		this.gradient.get(0, d, 0, this.tape.size());
	}

	@Override
	public void inputBack(Weights weights, Steps dx, boolean add, int t, float[][] z) {
		int batch = this.tape.batch();
		Blas.gemm(false, false, batch, this.inputs, columns(), this.tape.blocks(), this.tape.block(t, 0), batch,
				this.transposedW, 0, columns(), add ? 1 : 0, dx.memory(), dx.at(t), batch);
	}

	@Override
	public void skipBack(Weights weights, int t, float[][] z, float[] d) {
		int batch = this.tape.batch();
		this.gradient.put(0, d, 0, this.tape.size());
		if (this.tape.alone()) {
			Blas.gemm(false, true, 1, this.units, columns(), this.tape.blocks(), this.tape.block(t, 0), 1, weights.w(),
					this.inputs, this.rows, 1, this.gradient, 0, 1);
		}
		else {
			Blas.gemm(false, false, batch, this.units, columns(), this.tape.blocks(), this.tape.block(t, 0), batch,
					this.transposedW, (long) this.inputs * columns(), columns(), 1, this.gradient, 0, batch);
		}
		this.gradient.get(0, d, 0, this.tape.size());
	}

	private int columns() {
		return this.shape.gates() * this.units;
	}

	private long column(Product product) {
		return (long) product.column() * this.units * this.units;
	}

	@Override
	public void close() {
		this.gradient.close();
		this.transposedW.close();
		this.transposedR.close();
		this.gradient = Floats.allocate(0);
		this.transposedW = Floats.allocate(0);
		this.transposedR = Floats.allocate(0);
	}

}
