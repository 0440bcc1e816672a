package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.function.IntConsumer;

import org.jspecify.annotations.Nullable;

/**
 * How a cell's state comes back to it in a pass, forward and backward: a
 * {@link Recurrence} at work, on arrays of [batch * units]. Not thread-safe.
 */
final class Feedback {

	private final Recurrence recurrence;

	private final int states;

	private final int units;

	private int size;

	/** The states of the last few steps. */
	private StateWindow window;

	/** Their gradients. */
	private StateWindow gradients;

	/** What recurrent dropout multiplies h by; null: no dropout. */
	private float @Nullable [] dropout;

	/** h under dropout. */
	private float[] hidden = {};

	private float[] hiddenGradient = {};

	/** Gradient of h before the step that goes past the cell. */
	private float[] past = {};

	/** The gradient that the oldest state gets from a step; [states][size]. */
	private float[][] dOldest = {};

	/**
	 * @param states vectors of a step's state
	 */
	Feedback(Recurrence recurrence, int states, int units) {
		this.recurrence = recurrence;
		this.states = states;
		this.units = units;
		this.window = new StateWindow(1, states, 0, units);
		this.gradients = this.window;
	}

	void dropOut(float @Nullable [] mask) {
		this.dropout = mask;
	}

	/** Begins a pass; {@code initial} is null for zeros. */
	void begin(int batch, @Nullable Floats initial) {
		if (this.size != batch * this.units) {
			this.size = batch * this.units;
			this.window = new StateWindow(this.recurrence.window(), this.states, batch, this.units);
			this.gradients = new StateWindow(this.recurrence.window(), this.states, batch, this.units);
			this.hidden = new float[(this.recurrence.dropout() > 0) ? this.size : 0];
			this.hiddenGradient = new float[this.hidden.length];
			this.past = new float[(this.recurrence.leak() < 1) ? this.size : 0];
			this.dOldest = new float[this.states][(this.recurrence.skip() != null) ? this.size : 0];
		}
		this.window.set(initial);
	}

	/** The state that a step goes out from; [states][size]. */
	float[][] before() {
		return this.window.ago(this.recurrence.delay());
	}

	/** The earlier h that is an input of the step; null where there is none. */
	float @Nullable [] skipped() {
		Integer skip = this.recurrence.skip();
		return (skip != null) ? this.window.ago(skip)[0] : null;
	}

	/** The state after the last step; [states][size]. */
	float[][] latest() {
		return this.window.ago(1);
	}

	/** All states that go on, [steps][states][size]. */
	float[] values() {
		return this.window.values();
	}

	/** What the recurrent weights see of the state before a step. */
	float[] feed(float[][] before) {
		if (this.dropout == null) {
			return before[0];
		}
		System.arraycopy(before[0], 0, this.hidden, 0, this.size);
		multiply(this.hidden, this.dropout, this.size);
		return this.hidden;
	}

	/** Lets the state after a step leak. */
	void leak(float[][] before, float[][] after) {
		if (this.past.length > 0) {
			mix(after[0], (float) this.recurrence.leak(), before[0], this.size);
		}
	}

	/**
	 * Goes one step on. Rows that do not have the step keep all their states.
	 * @return arrays for the next state
	 */
	float[][] push(float[][] after, Span span, int t, boolean full) {
		if (full) {
			return this.window.push(after);
		}
		forEachMissing(span, t, this.window::save);
		float[][] oldest = this.window.push(after);
		forEachMissing(span, t, this.window::restore);
		return oldest;
	}

	/** Begins the backward pass. */
	void beginBack() {
		this.gradients.set(null);
	}

	/** Gradient of the state after the current step; [states][size]. */
	float[][] gradient() {
		return this.gradients.ago(1);
	}

	/** Puts aside the gradients of the rows that do not have the step. */
	void save(Span span, int t) {
		forEachMissing(span, t, this.gradients::save);
	}

	/** Gives them back: they go straight through. */
	void restore(Span span, int t) {
		forEachMissing(span, t, this.gradients::restore);
	}

	/** Divides the gradient of h between the cell and what goes past it. */
	void leakBack(float[][] d) {
		if (this.past.length > 0) {
			float leak = (float) this.recurrence.leak();
			for (int i = 0; i < this.size; i++) {
				this.past[i] = (1 - leak) * d[0][i];
				d[0][i] *= leak;
			}
		}
	}

	/** Where the gradient of {@link #feed} is summed up. */
	float[] fedGradient(float[][] dBefore) {
		if (this.dropout == null) {
			return dBefore[0];
		}
		Arrays.fill(this.hiddenGradient, 0);
		return this.hiddenGradient;
	}

	/** Zeros for the gradient of {@link #skipped}; null where there is none. */
	float @Nullable [] skippedGradient() {
		if (this.recurrence.skip() == null) {
			return null;
		}
		for (float[] state : this.dOldest) {
			Arrays.fill(state, 0);
		}
		return this.dOldest[0];
	}

	/**
	 * Goes one step back: gives the states before the step their gradients.
	 * @return arrays for the next {@code dBefore}
	 */
	float[][] goBack(float[][] dBefore, float[] dFed) {
		if (this.dropout != null) {
			multiply(dFed, this.dropout, this.size);
			add(dFed, dBefore[0], this.size);
		}
		if (this.past.length > 0) {
			add(this.past, dBefore[0], this.size);
		}
		if (this.recurrence.skip() == null) {
			return this.gradients.pop(dBefore);
		}
		this.dOldest = this.gradients.pop(this.dOldest);
		float[][] gradient = this.gradients.ago(this.recurrence.delay());
		for (int s = 0; s < gradient.length; s++) {
			add(dBefore[s], gradient[s], this.size);
		}
		return dBefore;
	}

	/** Gradients of all states before the first step; as {@link #values()}. */
	float[] gradients() {
		return this.gradients.values();
	}

	private static void forEachMissing(Span span, int t, IntConsumer action) {
		for (int row = 0; row < span.batch(); row++) {
			if (!span.has(t, row)) {
				action.accept(row);
			}
		}
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
