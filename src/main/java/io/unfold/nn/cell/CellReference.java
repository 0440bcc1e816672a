package io.unfold.nn.cell;

import org.jspecify.annotations.Nullable;

/**
 * A cell's formulas in double precision, row by row and step by step, as plain as can be:
 * what the kernels are checked against, and what networks of doubles run on. Arrays are
 * laid out as those of {@link CellKernel}. Not thread-safe.
 */
public abstract class CellReference {

	private final int inputs;

	private final int units;

	private final CellShape shape;

	/** Recurrent weights; [units, gates * units]. */
	private double[] r = {};

	private double[] dR = {};

	/** Blocks of each row and step; [time][batch][blocks][units]. */
	private double[][][][] z = {};

	/** States between the steps; [time + 1][batch][states * units]. */
	private double[][][] states = {};

	/** Those after the last step that was run. */
	private double[][] last = {};

	CellReference(int inputs, int units, CellShape shape) {
		this.inputs = inputs;
		this.units = units;
		this.shape = shape;
	}

	/** The parameters of a cell, or their gradients, as {@link Weights}. */
	public record Parameters(double[] w, double[] r, double[] b) {
	}

	/**
	 * One step of one row.
	 * @param z the blocks; the first hold W x + b
	 * @param after receives the state after the step
	 */
	abstract void step(double[][] z, double[] before, double[] after);

	/**
	 * The derivative of {@link #step}.
	 * @param z the blocks as the step has left them; sums are replaced by their gradients
	 * @param d gradient of the state after the step
	 * @param dBefore receives the gradient of the state before the step; zeros at first
	 */
	abstract void stepBack(double[][] z, double[] before, double[] d, double[] dBefore);

	/**
	 * Runs over a batch of sequences.
	 * @param x [batch, inputs, time]
	 * @param initial [batch, states * units], or null for zeros
	 * @return h, [batch, units, time]
	 */
	public double[] forward(Parameters parameters, double[] x, Span span, double @Nullable [] initial) {
		int n = span.batch();
		this.r = parameters.r();
		this.z = new double[span.steps()][n][this.shape.blocks()][this.units];
		this.states = new double[span.steps() + 1][n][this.shape.states() * this.units];
		double[] out = new double[n * this.units * span.steps()];
		for (int row = 0; row < n; row++) {
			if (initial != null) {
				double[] first = this.states[span.backwards() ? span.steps() : 0][row];
				for (int s = 0; s < first.length; s++) {
					first[s] = initial[s * n + row];
				}
			}
			for (int i = 0; i < span.steps(); i++) {
				int t = span.step(i);
				double[] before = this.states[span.before(t)][row];
				if (!span.has(t, row)) {
					this.states[span.after(t)][row] = before.clone();
					continue;
				}
				project(parameters, x, t, n, row);
				step(this.z[t][row], before, this.states[span.after(t)][row]);
				for (int u = 0; u < this.units; u++) {
					out[(t * this.units + u) * n + row] = this.states[span.after(t)][row][u];
				}
			}
		}
		this.last = this.states[span.backwards() ? 0 : span.steps()];
		return out;
	}

	/** The state after the last step of {@link #forward}; [batch, states * units]. */
	public double[] finalState() {
		int n = this.last.length;
		double[] state = new double[n * this.shape.states() * this.units];
		for (int row = 0; row < n; row++) {
			for (int s = 0; s < this.last[row].length; s++) {
				state[s * n + row] = this.last[row][s];
			}
		}
		return state;
	}

	/**
	 * The gradients of the last {@link #forward}, or of its last steps, as
	 * {@link CellKernel#backward} gives them.
	 * @param gradients receives those of the parameters
	 * @param dOut gradient of h, [batch, units, time]
	 * @param dInitial receives that of the initial state, [batch, states * units]
	 * @return gradient of x, [batch, inputs, time]
	 */
	public double[] backward(Parameters parameters, Parameters gradients, double[] x, double[] dOut, Span span,
			double[] dInitial) {
		int n = span.batch();
		this.dR = gradients.r();
		double[] dx = new double[x.length];
		for (int row = 0; row < n; row++) {
			double[] d = new double[this.shape.states() * this.units];
			for (int i = span.steps() - 1; i >= 0; i--) {
				int t = span.step(i);
				if (!span.has(t, row)) {
					continue;
				}
				for (int u = 0; u < this.units; u++) {
					d[u] += dOut[(t * this.units + u) * n + row];
				}
				double[] dBefore = new double[d.length];
				stepBack(this.z[t][row], this.states[span.before(t)][row], d, dBefore);
				projectBack(parameters, gradients, x, dx, t, n, row);
				d = dBefore;
			}
			for (int s = 0; s < d.length; s++) {
				dInitial[s * n + row] = d[s];
			}
		}
		return dx;
	}

	final int units() {
		return this.units;
	}

	/** Adds h R to a block, for one gate's columns of R. */
	final void addRecurrent(double[] h, int gate, double[] block) {
		for (int u = 0; u < this.units; u++) {
			for (int v = 0; v < this.units; v++) {
				block[u] += h[v] * this.r[(gate * this.units + u) * this.units + v];
			}
		}
	}

	/** The derivative of {@link #addRecurrent}: adds to the gradients of h and of R. */
	final void addRecurrentBack(double[] dBlock, int gate, double[] h, double[] dh) {
		for (int u = 0; u < this.units; u++) {
			for (int v = 0; v < this.units; v++) {
				int index = (gate * this.units + u) * this.units + v;
				dh[v] += dBlock[u] * this.r[index];
				this.dR[index] += dBlock[u] * h[v];
			}
		}
	}

	static double sigmoid(double x) {
		return 1 / (1 + Math.exp(-x));
	}

	private void project(Parameters parameters, double[] x, int t, int n, int row) {
		for (int k = 0; k < this.shape.biases() * this.units; k++) {
			double sum = parameters.b()[k];
			for (int i = 0; k < this.shape.gates() * this.units && i < this.inputs; i++) {
				sum += parameters.w()[k * this.inputs + i] * x[(t * this.inputs + i) * n + row];
			}
			this.z[t][row][k / this.units][k % this.units] = sum;
		}
	}

	private void projectBack(Parameters parameters, Parameters gradients, double[] x, double[] dx, int t, int n,
			int row) {
		for (int k = 0; k < this.shape.biases() * this.units; k++) {
			double dSum = this.z[t][row][k / this.units][k % this.units];
			gradients.b()[k] += dSum;
			for (int i = 0; k < this.shape.gates() * this.units && i < this.inputs; i++) {
				int index = (t * this.inputs + i) * n + row;
				dx[index] += dSum * parameters.w()[k * this.inputs + i];
				gradients.w()[k * this.inputs + i] += dSum * x[index];
			}
		}
	}

}
