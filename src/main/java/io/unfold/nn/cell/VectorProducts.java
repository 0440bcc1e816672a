package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Products by vectors on the heap, for a single row and for whole vectors of rows. The
 * weights are packed once for a pass, where OpenBLAS packs them at every step.
 */
final class VectorProducts implements Products {

	private static final int FEW = 1 << 16;

	private final int inputs;

	/** Rows of W. */
	private final int rows;

	private final int units;

	private final CellShape shape;

	private final List<Product> products;

	private final Tape tape;

	private final Biases biases;

	private final PackedWeights packed;

	/** W or, for a single row, its rows for the earlier h that is an input. */
	private float[] w = {};

	/** R of each product. */
	private final float[][] r;

	/** W transposed of each gate, unless the row is alone. */
	private final float[][] wBack;

	/** Its columns for the earlier h that is an input; for a single row in one. */
	private final float[][] skipBack;

	/** R transposed of each gate or, for a single row, of each product. */
	private final float[][] rBack;

	/** The input of a step, or its gradient; [inputs][batch]. */
	private float[] input = {};

	/** Where x W goes. */
	private final VectorColumns sums;

	/** Where each product goes. */
	private final VectorColumns[] targets;

	/** Where gradients go. */
	private final VectorColumns gradient;

	private float[] row = {};

	private float[] source = {};

	VectorProducts(int inputs, CellSpec cell, List<Product> products, Tape tape, Biases biases) {
		this.inputs = inputs;
		this.rows = cell.rows(inputs);
		this.units = cell.units();
		this.shape = cell.shape();
		this.products = products;
		this.tape = tape;
		this.biases = biases;
		this.packed = new PackedWeights(inputs, cell);
		this.r = new float[products.size()][];
		this.wBack = new float[this.shape.gates()][];
		this.skipBack = new float[this.shape.gates()][];
		this.rBack = new float[this.shape.gates()][];
		this.sums = new VectorColumns(this.units);
		this.gradient = new VectorColumns(this.units);
		this.targets = new VectorColumns[products.size()];
		Arrays.setAll(this.targets, (i) -> new VectorColumns(this.units));
	}

	/**
	 * Whether such a batch is for vectors. For a single row, packing weights that change
	 * takes as long as many steps, unless they are few.
	 */
	static boolean suits(int batch, Weights weights) {
		return (batch == 1) ? weights.packed() != null || weights.r().length() <= FEW : suitsRows(batch);
	}

	/** Whether rows fill whole vectors. */
	static boolean suitsRows(int batch) {
		return batch % 16 == 0;
	}

	@Override
	public void begin(Weights weights, Steps x) {
		boolean alone = this.tape.alone();
		for (int i = 0; i < this.r.length; i++) {
			this.r[i] = this.packed.recurrent(weights, this.products.get(i), alone).data();
		}
		if (alone) {
			this.tape.projectAll(weights, x, this.biases);
			if (this.rows > this.inputs) {
				this.w = this.packed.skippedRow(weights, this.shape.gates()).data();
			}
			return;
		}
		this.w = this.packed.inputs(weights, this.shape.gates()).data();
		int length = this.rows * this.tape.batch();
		if (this.input.length != length) {
			this.input = new float[length];
		}
	}

	@Override
	public void sums(Weights weights, Steps x, int t, float @Nullable [] h, float @Nullable [] skipped, float[][] z) {
		if (this.tape.alone()) {
			sumsOfRow(t, h, z);
			if (skipped != null) {
				multiplyRow(skipped, this.w, 0, this.shape.gates(), z);
			}
			return;
		}
		for (int k = 0; k < this.shape.biases(); k++) {
			System.arraycopy(this.biases.tile()[k], 0, z[k], 0, this.tape.size());
		}
		int given = this.inputs * this.tape.batch();
		x.memory().get(x.at(t), this.input, 0, given);
		if (skipped != null) {
			System.arraycopy(skipped, 0, this.input, given, skipped.length);
		}
		this.sums.of(z, 0, this.shape.gates(), this.tape.batch()).add(this.input, this.rows, this.w);
		if (h != null) {
			multiply(0, h, z);
		}
	}

	/** The first product's targets lie together on the tape, and are read at once. */
	private void sumsOfRow(int t, float @Nullable [] h, float[][] z) {
		if (h == null) {
			this.tape.readBlocks(t, z, this.shape.biases());
			return;
		}
		Product first = this.products.get(0);
		int columns = first.count() * this.units;
		growRow(columns);
		this.tape.blocks().get(this.tape.block(t, first.target()), this.row, 0, columns);
		VectorMath.multiplyRow(h, this.units, this.r[0], this.row, columns, (t & 1) != 0);
		for (int k = 0; k < this.shape.biases(); k++) {
			int number = k - first.target();
			if (number >= 0 && number < first.count()) {
				System.arraycopy(this.row, number * this.units, z[k], 0, this.units);
			}
			else {
				this.tape.readBlock(t, z, k);
			}
		}
	}

	@Override
	public void add(Weights weights, Product product, int t, float[][] z) {
		multiply(this.products.indexOf(product), z[product.source()], z);
	}

	private void multiply(int number, float[] from, float[][] z) {
		Product product = this.products.get(number);
		if (this.tape.alone()) {
			multiplyRow(from, this.r[number], product.target(), product.count(), z);
		}
		else {
			this.targets[number].of(z, product.target(), product.count(), this.tape.batch())
				.add(from, this.units, this.r[number]);
		}
	}

	/** Adds a single row times columns of panels to some of the blocks. */
	private void multiplyRow(float[] from, float[] panels, int target, int count, float[][] z) {
		clearRow(count * this.units);
		VectorMath.multiplyRow(from, this.units, panels, this.row, count * this.units, false);
		for (int k = 0; k < count; k++) {
			add(this.row, k * this.units, z[target + k], this.units);
		}
	}

	@Override
	public void beginBack(Weights weights, boolean inputGradient) {
		if (this.tape.alone()) {
			for (Product product : this.products) {
				this.rBack[product.column()] = this.packed
					.recurrentBack(weights, product.column(), product.count(), true)
					.data();
			}
			if (this.rows > this.inputs) {
				this.skipBack[0] = this.packed.skippedBackRow(weights, this.shape.gates()).data();
			}
			return;
		}
		for (int gate = 0; gate < this.shape.gates(); gate++) {
			this.rBack[gate] = this.packed.recurrentBack(weights, gate, 1, false).data();
			if (inputGradient) {
				this.wBack[gate] = this.packed.inputBack(weights, gate).data();
			}
			if (this.rows > this.inputs) {
				this.skipBack[gate] = this.packed.skippedBack(weights, gate).data();
			}
		}
	}

	@Override
	public void addBack(Weights weights, Product product, int t, float[][] z, float[] d) {
		if (this.tape.alone()) {
			multiplyRowBack(t, z, product.target(), product.count(), this.rBack[product.column()], d);
		}
		else {
			this.gradient.of(d, this.units, this.tape.batch());
			for (int k = 0; k < product.count(); k++) {
				this.gradient.add(z[product.target() + k], this.units, this.rBack[product.column() + k]);
			}
		}
	}

	/** Adds some blocks of a single row times panels to {@code d}. */
	private void multiplyRowBack(int t, float[][] z, int first, int count, float[] panels, float[] d) {
		int length = count * this.units;
		if (this.source.length < length) {
			this.source = new float[length];
		}
		for (int k = 0; k < count; k++) {
			System.arraycopy(z[first + k], 0, this.source, k * this.units, this.units);
		}
		clearRow(this.units);
		VectorMath.multiplyRow(this.source, length, panels, this.row, this.units, (t & 1) != 0);
		add(this.row, 0, d, this.units);
	}

	@Override
	public void skipBack(Weights weights, int t, float[][] z, float[] d) {
		if (this.tape.alone()) {
			multiplyRowBack(t, z, 0, this.shape.gates(), this.skipBack[0], d);
			return;
		}
		this.gradient.of(d, this.units, this.tape.batch());
		for (int gate = 0; gate < this.shape.gates(); gate++) {
			this.gradient.add(z[gate], this.units, this.skipBack[gate]);
		}
	}

	@Override
	public void inputBack(Weights weights, Steps dx, boolean add, int t, float[][] z) {
		int length = this.inputs * this.tape.batch();
		if (add) {
			dx.memory().get(dx.at(t), this.input, 0, length);
		}
		else {
			Arrays.fill(this.input, 0);
		}
		this.gradient.of(this.input, this.inputs, this.tape.batch());
		for (int gate = 0; gate < this.shape.gates(); gate++) {
			this.gradient.add(z[gate], this.units, this.wBack[gate]);
		}
		dx.memory().put(dx.at(t), this.input, 0, length);
	}

	/** Zeros for so many columns of a single row. */
	private void clearRow(int columns) {
		growRow(columns);
		Arrays.fill(this.row, 0, columns, 0);
	}

	/** Makes room for so many columns, and for what fills up the last panel. */
	private void growRow(int columns) {
		int padded = (columns + PackedWeights.ROW_PANEL - 1) / PackedWeights.ROW_PANEL * PackedWeights.ROW_PANEL;
		if (this.row.length < padded) {
			this.row = new float[padded];
		}
	}

	private static void add(float[] from, int offset, float[] to, int count) {
		for (int i = 0; i < count; i++) {
			to[i] += from[offset + i];
		}
	}

	@Override
	public void close() {
		// all of it is on the heap
	}

}
