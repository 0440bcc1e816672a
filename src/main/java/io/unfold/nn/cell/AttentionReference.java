package io.unfold.nn.cell;

import java.util.Arrays;

/**
 * Attention's formulas in double precision, number by number, as plain as can be: what
 * the kernel is checked against, and what networks of doubles run on. Arrays are laid out
 * as those of {@link AttentionKernel}. Not thread-safe.
 */
public final class AttentionReference {

	private final AttentionShape shape;

	private double[] parameters = {};

	private double[] gradients = {};

	private Row[] rows = {};

	public AttentionReference(AttentionShape shape) {
		this.shape = shape;
	}

	/**
	 * Answers every step of the decoder.
	 * @param parameters as {@link AttentionShape#parts()}
	 * @param h [batch, decoder, time]
	 * @param source [batch, encoder, time]
	 * @param lengths steps of each row's source; [batch]
	 * @return [batch, outputs, time]
	 */
	public double[] forward(double[] parameters, double[] h, double[] source, int[] lengths) {
		int batch = lengths.length;
		this.parameters = parameters;
		this.rows = new Row[batch];
		double[] out = new double[h.length / this.shape.decoder() * this.shape.outputs()];
		for (int row = 0; row < batch; row++) {
			this.rows[row] = new Row(rows(h, batch, row, this.shape.decoder()),
					rows(source, batch, row, this.shape.encoder()), lengths[row]);
			put(this.rows[row].answers, batch, row, out);
		}
		return out;
	}

	/**
	 * The gradients of the last {@link #forward}.
	 * @param dOut gradient of the answers
	 * @param gradients receives those of the parameters
	 * @param dH receives that of h
	 * @param dSource receives that of the source
	 */
	public void backward(double[] dOut, double[] gradients, double[] dH, double[] dSource) {
		Arrays.fill(gradients, 0);
		this.gradients = gradients;
		int batch = this.rows.length;
		for (int number = 0; number < batch; number++) {
			Row row = this.rows[number];
			row.backward(rows(dOut, batch, number, this.shape.outputs()));
			put(row.dH, batch, number, dH);
			put(row.dSource, batch, number, dSource);
		}
	}

	/** A row's vectors, [time][features], from [batch, features, time]. */
	private static double[][] rows(double[] all, int batch, int row, int features) {
		double[][] steps = new double[all.length / batch / features][features];
		for (int i = 0; i < steps.length * features; i++) {
			steps[i / features][i % features] = all[i * batch + row];
		}
		return steps;
	}

	private static void put(double[][] steps, int batch, int row, double[] all) {
		int features = steps[0].length;
		for (int i = 0; i < steps.length * features; i++) {
			all[i * batch + row] = steps[i / features][i % features];
		}
	}

	/** M' x, where M is a part of the parameters. */
	private double[] project(AttentionShape.Part part, double[] x) {
		double[] y = new double[part.columns()];
		for (int j = 0; j < y.length; j++) {
			for (int i = 0; i < x.length; i++) {
				y[j] += this.parameters[index(part, i, j)] * x[i];
			}
		}
		return y;
	}

	/** The gradients of {@link #project}, added to those that there are. */
	private void projectBack(AttentionShape.Part part, double[] x, double[] dY, double[] dX) {
		for (int j = 0; j < dY.length; j++) {
			for (int i = 0; i < x.length; i++) {
				this.gradients[index(part, i, j)] += x[i] * dY[j];
				dX[i] += this.parameters[index(part, i, j)] * dY[j];
			}
		}
	}

	private static int index(AttentionShape.Part part, int row, int column) {
		return Math.toIntExact(part.offset()) + column * part.rows() + row;
	}

	private AttentionShape.Part part(String name) {
		return this.shape.parts().stream().filter((part) -> part.name().equals(name)).findFirst().orElseThrow();
	}

	/** One row of a batch; all of its arrays are [time][features]. */
	private final class Row {

		private final double[][] h;

		private final double[][] source;

		private final double[][] queries;

		private final double[][] keys;

		private final double[][] weights;

		private final double[][] answers;

		private final double[][] dH;

		private final double[][] dSource;

		Row(double[][] h, double[][] source, int length) {
			AttentionShape shape = AttentionReference.this.shape;
			this.h = h;
			this.source = source;
			this.dH = new double[h.length][shape.decoder()];
			this.dSource = new double[source.length][shape.encoder()];
			this.queries = new double[h.length][];
			this.keys = new double[length][];
			this.weights = new double[h.length][length];
			this.answers = new double[h.length][];
			for (int s = 0; s < length; s++) {
				this.keys[s] = shape.score().projectsSource() ? project(part(AttentionShape.KEYS), source[s])
						: source[s];
			}
			for (int t = 0; t < h.length; t++) {
				this.queries[t] = shape.score().projectsTarget() ? project(part(AttentionShape.QUERIES), h[t]) : h[t];
				attend(t);
				this.answers[t] = project(part(AttentionShape.OUTPUT), seen(t));
				for (int i = 0; i < this.answers[t].length; i++) {
					this.answers[t][i] = Math.tanh(this.answers[t][i]);
				}
			}
		}

		private void attend(int t) {
			double sum = 0;
			for (int s = 0; s < this.keys.length; s++) {
				this.weights[t][s] = Math.exp(score(this.queries[t], this.keys[s]));
				sum += this.weights[t][s];
			}
			for (int s = 0; s < this.keys.length; s++) {
				this.weights[t][s] /= sum;
			}
		}

		private double score(double[] query, double[] key) {
			double score = 0;
			for (int i = 0; i < key.length; i++) {
				score += additive() ? v(i) * Math.tanh(query[i] + key[i]) : query[i] * key[i];
			}
			return score;
		}

		private boolean additive() {
			return AttentionReference.this.shape.score().projectsTarget();
		}

		private double v(int i) {
			return AttentionReference.this.parameters[index(part(AttentionShape.SCORES), i, 0)];
		}

		/** [context; h]. */
		private double[] seen(int t) {
			int size = AttentionReference.this.shape.encoder();
			double[] seen = new double[size + this.h[t].length];
			for (int s = 0; s < this.keys.length; s++) {
				for (int i = 0; i < size; i++) {
					seen[i] += this.weights[t][s] * this.source[s][i];
				}
			}
			System.arraycopy(this.h[t], 0, seen, size, this.h[t].length);
			return seen;
		}

		void backward(double[][] dAnswers) {
			double[][] dKeys = new double[this.keys.length][AttentionReference.this.shape.keys()];
			for (int t = 0; t < this.h.length; t++) {
				double[] dQuery = new double[AttentionReference.this.shape.keys()];
				backward(t, dAnswers[t], dQuery, dKeys);
				if (additive()) {
					projectBack(part(AttentionShape.QUERIES), this.h[t], dQuery, this.dH[t]);
				}
				else {
					add(dQuery, this.dH[t]);
				}
			}
			for (int s = 0; s < this.keys.length; s++) {
				if (AttentionReference.this.shape.score().projectsSource()) {
					projectBack(part(AttentionShape.KEYS), this.source[s], dKeys[s], this.dSource[s]);
				}
				else {
					add(dKeys[s], this.dSource[s]);
				}
			}
		}

		private void backward(int t, double[] dAnswer, double[] dQuery, double[][] dKeys) {
			int size = AttentionReference.this.shape.encoder();
			double[] dSums = new double[dAnswer.length];
			for (int i = 0; i < dSums.length; i++) {
				dSums[i] = dAnswer[i] * (1 - this.answers[t][i] * this.answers[t][i]);
			}
			double[] dSeen = new double[size + this.h[t].length];
			projectBack(part(AttentionShape.OUTPUT), seen(t), dSums, dSeen);
			for (int i = 0; i < this.dH[t].length; i++) {
				this.dH[t][i] += dSeen[size + i];
			}
			double[] dWeights = new double[this.keys.length];
			double mean = 0;
			for (int s = 0; s < dWeights.length; s++) {
				for (int i = 0; i < size; i++) {
					dWeights[s] += dSeen[i] * this.source[s][i];
					this.dSource[s][i] += dSeen[i] * this.weights[t][s];
				}
				mean += this.weights[t][s] * dWeights[s];
			}
			for (int s = 0; s < dWeights.length; s++) {
				scoreBack(this.queries[t], this.keys[s], this.weights[t][s] * (dWeights[s] - mean), dQuery, dKeys[s]);
			}
		}

		private void scoreBack(double[] query, double[] key, double d, double[] dQuery, double[] dKey) {
			for (int i = 0; i < key.length; i++) {
				if (additive()) {
					double tangent = Math.tanh(query[i] + key[i]);
					double sum = d * v(i) * (1 - tangent * tangent);
					AttentionReference.this.gradients[index(part(AttentionShape.SCORES), i, 0)] += d * tangent;
					dQuery[i] += sum;
					dKey[i] += sum;
				}
				else {
					dQuery[i] += d * key[i];
					dKey[i] += d * query[i];
				}
			}
		}

		private static void add(double[] from, double[] to) {
			for (int i = 0; i < to.length; i++) {
				to[i] += from[i];
			}
		}

	}

}
