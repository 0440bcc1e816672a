package io.unfold.nn.cell;

import java.util.Arrays;

/**
 * The scores v tanh(q + k). The tangents are computed anew on the way back: kept, they
 * would take as many numbers as both sequences have steps, multiplied.
 */
final class AdditiveScores implements AttentionScores {

	/** Where v is among the parameters. */
	private final int at;

	private final float[] v;

	private final float[] dV;

	private float[] queries = {};

	private float[] keys = {};

	/** tanh(q + k) for one query; [length][size]. */
	private float[] tangents = {};

	private float[] dQueries = {};

	private float[] dKeys = {};

	private float[] dScores = {};

	private Floats products = Floats.allocate(0);

	AdditiveScores(AttentionShape shape) {
		this.at = shape.at(AttentionShape.SCORES);
		this.v = new float[shape.keys()];
		this.dV = new float[shape.keys()];
	}

	@Override
	public void forward(Floats weights, RowSteps queries, RowSteps keys, int row, int length, Floats scores, long at) {
		read(weights, queries, keys, row, length);
		int size = this.v.length;
		this.products = Floats.grown(this.products, (long) size * length);
		for (int t = 0; t < queries.steps(); t++) {
			tangents(t, length);
			this.products.put(0, this.tangents, 0, size * length);
			Blas.gemv(true, size, length, 1, this.products, 0, size, weights, this.at, 0, scores,
					at + (long) t * length);
		}
	}

	@Override
	public void backward(Floats weights, RowSteps queries, RowSteps keys, int row, int length, Floats dScores, long at,
			RowSteps dQueries, RowSteps dKeys, Floats gradients) {
		read(weights, queries, keys, row, length);
		int size = this.v.length;
		int steps = queries.steps();
		this.dQueries = grown(this.dQueries, steps * size);
		this.dKeys = grown(this.dKeys, length * size);
		this.dScores = grown(this.dScores, steps * length);
		dQueries.memory().get(dQueries.at(row), this.dQueries, 0, steps * size);
		dKeys.memory().get(dKeys.at(row), this.dKeys, 0, length * size);
		dScores.get(at, this.dScores, 0, steps * length);
		gradients.get(this.at, this.dV, 0, size);
		for (int t = 0; t < steps; t++) {
			tangents(t, length);
			for (int s = 0; s < length; s++) {
				back(this.dScores[t * length + s], s * size, t * size);
			}
		}
		dQueries.memory().put(dQueries.at(row), this.dQueries, 0, steps * size);
		dKeys.memory().put(dKeys.at(row), this.dKeys, 0, length * size);
		gradients.put(this.at, this.dV, 0, size);
	}

	/**
	 * The gradients that one score gives, its key and its query being at these places.
	 */
	private void back(float d, int key, int query) {
		for (int k = 0; k < this.v.length; k++) {
			float tangent = this.tangents[key + k];
			float sum = d * this.v[k] * (1 - tangent * tangent);
			this.dV[k] += d * tangent;
			this.dQueries[query + k] += sum;
			this.dKeys[key + k] += sum;
		}
	}

	private void tangents(int t, int length) {
		int size = this.v.length;
		for (int s = 0; s < length; s++) {
			for (int k = 0; k < size; k++) {
				this.tangents[s * size + k] = this.queries[t * size + k] + this.keys[s * size + k];
			}
		}
		Activations.tanh(this.tangents, length * size);
	}

	private void read(Floats weights, RowSteps queries, RowSteps keys, int row, int length) {
		int size = this.v.length;
		this.queries = grown(this.queries, queries.steps() * size);
		this.keys = grown(this.keys, length * size);
		this.tangents = grown(this.tangents, length * size);
		weights.get(this.at, this.v, 0, size);
		queries.memory().get(queries.at(row), this.queries, 0, queries.steps() * size);
		keys.memory().get(keys.at(row), this.keys, 0, length * size);
	}

	private static float[] grown(float[] array, int length) {
		return (array.length < length) ? Arrays.copyOf(array, length) : array;
	}

}
