package io.unfold.nn.cell;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A cell's states of the last few steps, or their gradients: arrays of [batch * units],
 * the last step's first. Not thread-safe.
 */
final class StateWindow {

	/** [steps][states][size]. */
	private final float[][][] states;

	/** Of each row that was put aside; [batch][steps * states * units]. */
	private final float[][] rows;

	private final int length;

	private final int batch;

	StateWindow(int steps, int states, int batch, int units) {
		this.states = new float[steps][states][batch * units];
		this.rows = new float[batch][0];
		this.length = steps * states * units;
		this.batch = batch;
	}

	/** The state of {@code ago} steps ago, from 1; [states][size]. */
	float[][] ago(int ago) {
		return this.states[ago - 1];
	}

	/**
	 * Sets all states.
	 * @param values [steps][states][size]; null: zeros
	 */
	void set(@Nullable Floats values) {
		long from = 0;
		for (float[][] step : this.states) {
			for (float[] state : step) {
				if (values == null) {
					Arrays.fill(state, 0);
				}
				else {
					values.get(from, state, 0, state.length);
				}
				from += state.length;
			}
		}
	}

	/** All states, [steps][states][size]. */
	float[] values() {
		float[] values = new float[this.states.length * this.states[0].length * this.states[0][0].length];
		int from = 0;
		for (float[][] step : this.states) {
			for (float[] state : step) {
				System.arraycopy(state, 0, values, from, state.length);
				from += state.length;
			}
		}
		return values;
	}

	/**
	 * Goes one step on.
	 * @param latest the new state, whose arrays it takes
	 * @return the arrays of the state that is no longer needed
	 */
	float[][] push(float[][] latest) {
		int last = this.states.length - 1;
		float[][] oldest = this.states[last];
		System.arraycopy(this.states, 0, this.states, 1, last);
		this.states[0] = latest;
		return oldest;
	}

	/**
	 * Goes one step back: what was the state of one step ago becomes that of none.
	 * @param oldest arrays for the state that becomes the oldest
	 * @return the arrays of the latest state
	 */
	float[][] pop(float[][] oldest) {
		int last = this.states.length - 1;
		float[][] latest = this.states[0];
		System.arraycopy(this.states, 1, this.states, 0, last);
		this.states[last] = oldest;
		return latest;
	}

	/** Puts a row's states aside. */
	void save(int number) {
		if (this.rows[number].length == 0) {
			this.rows[number] = new float[this.length];
		}
		int i = 0;
		for (float[][] step : this.states) {
			for (float[] state : step) {
				for (int k = number; k < state.length; k += this.batch) {
					this.rows[number][i++] = state[k];
				}
			}
		}
	}

	/** Gives a row the states that were put aside. */
	void restore(int number) {
		int i = 0;
		for (float[][] step : this.states) {
			for (float[] state : step) {
				for (int k = number; k < state.length; k += this.batch) {
					state[k] = this.rows[number][i++];
				}
			}
		}
	}

}
