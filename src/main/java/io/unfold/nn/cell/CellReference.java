package io.unfold.nn.cell;

import java.util.Arrays;

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

	private final Recurrence recurrence;

	/** Rows of W. */
	private final int rows;

	/** Recurrent weights; [units, gates * units]. */
	private double[] r = {};

	private double[] dR = {};

	/** Blocks of each row and step; [time][batch][blocks][units]. */
	private double[][][][] z = {};

	/**
	 * Between the steps: the states of the last few; [time + 1][batch][states * units].
	 */
	private double[][][] states = {};

	/** What recurrent dropout multiplies h by; [batch, units]. Null: no dropout. */
	private double @Nullable [] dropout;

	/** Those after the last step that was run. */
	private double[][] last = {};

	CellReference(int inputs, CellSpec cell) {
		this.inputs = inputs;
		this.units = cell.units();
		this.shape = cell.shape();
		this.recurrence = cell.recurrenceOrPlain();
		this.rows = cell.rows(inputs);
	}

	/** The parameters of a cell, or their gradients, as {@link Weights}. */
	public record Parameters(double[] w, double[] r, double[] b) {
	}

	/**
	 * One step of one row.
	 * @param z the blocks; the first hold W x + b
	 * @param fed h before the step, as the recurrent weights see it
	 * @param after receives the state after the step
	 */
	abstract void step(double[][] z, double[] before, double[] fed, double[] after);

	/**
	 * The derivative of {@link #step}.
	 * @param z the blocks as the step has left them; sums are replaced by their gradients
	 * @param d gradient of the state after the step
	 * @param dBefore receives the gradient of the state before the step; zeros at first
	 * @param dFed receives that of {@code fed}; zeros at first
	 */
	abstract void stepBack(double[][] z, double[] before, double[] fed, double[] d, double[] dBefore, double[] dFed);

	/**
	 * Sets what the next passes' recurrent dropout multiplies h by.
	 * @param mask [batch, units]; null: no dropout
	 */
	public void dropOut(double @Nullable [] mask) {
		this.dropout = mask;
	}

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
		this.states = new double[span.steps() + 1][n][stateSize()];
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
				project(parameters, x, before, t, n, row);
				double[] after = after(before, this.z[t][row], n, row);
				this.states[span.after(t)][row] = after;
				for (int u = 0; u < this.units; u++) {
					out[(t * this.units + u) * n + row] = after[u];
				}
			}
		}
		this.last = this.states[span.backwards() ? 0 : span.steps()];
		return out;
	}

	/** The state after the last step of {@link #forward}; [batch, states * units]. */
	public double[] finalState() {
		int n = this.last.length;
		double[] state = new double[n * stateSize()];
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
			double[] d = new double[stateSize()];
			for (int i = span.steps() - 1; i >= 0; i--) {
				int t = span.step(i);
				if (!span.has(t, row)) {
					continue;
				}
				for (int u = 0; u < this.units; u++) {
					d[u] += dOut[(t * this.units + u) * n + row];
				}
				d = before(d, this.states[span.before(t)][row], this.z[t][row], n, row);
				projectBack(parameters, gradients, x, dx, this.states[span.before(t)][row], d, t, n, row);
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

	private int stateSize() {
		return this.recurrence.window() * this.shape.states() * this.units;
	}

	/** Where the state of so many steps ago begins. */
	private int ago(int steps) {
		return (steps - 1) * this.shape.states() * this.units;
	}

	private double[] fed(double[] state, int n, int row) {
		double[] fed = Arrays.copyOf(state, this.units);
		for (int u = 0; this.dropout != null && u < this.units; u++) {
			fed[u] *= this.dropout[u * n + row];
		}
		return fed;
	}

	/** The states after a step, given those before it. */
	private double[] after(double[] states, double[][] z, int n, int row) {
		int size = this.shape.states() * this.units;
		double[] before = Arrays.copyOfRange(states, ago(this.recurrence.delay()), ago(this.recurrence.delay()) + size);
		double[] latest = new double[size];
		step(z, before, fed(before, n, row), latest);
		for (int u = 0; u < this.units; u++) {
			latest[u] = (1 - this.recurrence.leak()) * before[u] + this.recurrence.leak() * latest[u];
		}
		double[] after = Arrays.copyOf(latest, states.length);
		System.arraycopy(states, 0, after, size, states.length - size);
		return after;
	}

	/** The gradient of the states before a step, given that of those after it. */
	private double[] before(double[] d, double[] states, double[][] z, int n, int row) {
		int size = this.shape.states() * this.units;
		int from = ago(this.recurrence.delay());
		double[] before = Arrays.copyOfRange(states, from, from + size);
		double[] dLatest = Arrays.copyOf(d, size);
		double[] dBefore = new double[size];
		double[] dFed = new double[this.units];
		double[] past = new double[this.units];
		for (int u = 0; u < this.units; u++) {
			past[u] = (1 - this.recurrence.leak()) * dLatest[u];
			dLatest[u] *= this.recurrence.leak();
		}
		stepBack(z, before, fed(before, n, row), dLatest, dBefore, dFed);
		double[] result = new double[d.length];
		System.arraycopy(d, size, result, 0, d.length - size);
		for (int s = 0; s < size; s++) {
			result[from + s] += dBefore[s];
		}
		for (int u = 0; u < this.units; u++) {
			result[from + u] += past[u] + ((this.dropout != null) ? this.dropout[u * n + row] : 1) * dFed[u];
		}
		return result;
	}

	private void project(Parameters parameters, double[] x, double[] states, int t, int n, int row) {
		for (int k = 0; k < this.shape.biases() * this.units; k++) {
			double sum = parameters.b()[k];
			for (int i = 0; k < this.shape.gates() * this.units && i < this.rows; i++) {
				sum += parameters.w()[k * this.rows + i] * input(x, states, i, t, n, row);
			}
			this.z[t][row][k / this.units][k % this.units] = sum;
		}
	}

	/** An input, or an element of the earlier h that is one. */
	private double input(double[] x, double[] states, int i, int t, int n, int row) {
		return (i < this.inputs) ? x[(t * this.inputs + i) * n + row] : states[skipped(i)];
	}

	private int skipped(int i) {
		return ago(this.recurrence.window()) + i - this.inputs;
	}

	private void projectBack(Parameters parameters, Parameters gradients, double[] x, double[] dx, double[] states,
			double[] d, int t, int n, int row) {
		for (int k = 0; k < this.shape.biases() * this.units; k++) {
			double dSum = this.z[t][row][k / this.units][k % this.units];
			gradients.b()[k] += dSum;
			for (int i = 0; k < this.shape.gates() * this.units && i < this.rows; i++) {
				if (i < this.inputs) {
					dx[(t * this.inputs + i) * n + row] += dSum * parameters.w()[k * this.rows + i];
				}
				else {
					d[skipped(i)] += dSum * parameters.w()[k * this.rows + i];
				}
				gradients.w()[k * this.rows + i] += dSum * input(x, states, i, t, n, row);
			}
		}
	}

}
