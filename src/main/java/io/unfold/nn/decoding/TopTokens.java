package io.unfold.nn.decoding;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;

/**
 * The likeliest tokens of each row, best first. One pass over the vocabulary in the order
 * in which it lies in memory, with a bound for each row that few tokens pass.
 */
final class TopTokens {

	private final int k;

	/** [rows][k] */
	private final int[] tokens;

	/** Log-probabilities; [rows][k] */
	private final float[] values;

	private TopTokens(int rows, int k) {
		this.k = k;
		this.tokens = new int[rows * k];
		this.values = new float[rows * k];
		Arrays.fill(this.tokens, -1);
		Arrays.fill(this.values, Float.NEGATIVE_INFINITY);
	}

	/**
	 * @param logProbabilities [vocabulary][rows]
	 * @param k tokens of each row
	 * @param never tokens that no row may have
	 * @param closed rows that may not have the tokens {@code runOn}
	 */
	static TopTokens of(float[] logProbabilities, int rows, int k, Set<Integer> never, BitSet closed, BitSet runOn) {
		TopTokens top = new TopTokens(rows, k);
		float[] bounds = new float[rows];
		Arrays.fill(bounds, Float.NEGATIVE_INFINITY);
		for (int token = 0; token * rows < logProbabilities.length; token++) {
			int at = token * rows;
			for (int row = 0; row < rows; row++) {
				float value = logProbabilities[at + row];
				if (value > bounds[row] && !never.contains(token) && !(closed.get(row) && runOn.get(token))) {
					bounds[row] = top.insert(row, token, value);
				}
			}
		}
		return top;
	}

	/** Returns the least value that the row has now. */
	private float insert(int row, int token, float value) {
		int first = row * this.k;
		int at = first + this.k - 1;
		while (at > first && this.values[at - 1] < value) {
			this.values[at] = this.values[at - 1];
			this.tokens[at] = this.tokens[at - 1];
			at--;
		}
		this.values[at] = value;
		this.tokens[at] = token;
		return this.values[first + this.k - 1];
	}

	int rows() {
		return this.values.length / this.k;
	}

	int k() {
		return this.k;
	}

	/** The row's i-th token; -1 where there are not so many. */
	int token(int row, int i) {
		return this.tokens[row * this.k + i];
	}

	float logProbability(int row, int i) {
		return this.values[row * this.k + i];
	}

}
