package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.unfold.nn.cell.Activations;
import io.unfold.nn.cell.AttentionShape;
import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Softmax;
import io.unfold.nn.cell.Steps;
import org.jspecify.annotations.Nullable;

/**
 * Attention for serving: immutable parameters. A source is read once, its keys with it;
 * the decoder then asks step by step, each row its own source.
 */
final class TwinAttention {

	private final AttentionShape shape;

	/** Null where the keys are the encoder's outputs. */
	private final @Nullable TwinDense keys;

	/** Null where the queries are the decoder's outputs. */
	private final @Nullable TwinDense queries;

	/** Of the additive score; empty where scores are products. */
	private final float[] v;

	private final TwinDense output;

	TwinAttention(String name, AttentionShape shape, Tensors tensors) {
		this.shape = shape;
		boolean additive = shape.score().projectsTarget();
		this.keys = shape.score().projectsSource() ? TwinDense.product(tensors.get(name + "." + AttentionShape.KEYS))
				: null;
		this.queries = additive ? TwinDense.product(tensors.get(name + "." + AttentionShape.QUERIES)) : null;
		this.v = additive ? tensors.get(name + "." + AttentionShape.SCORES).values().clone() : new float[0];
		this.output = TwinDense.product(tensors.get(name + "." + AttentionShape.OUTPUT));
	}

	/** Reads sources, for one call at a time. */
	Reader reader() {
		return new Reader();
	}

	/** Answers steps, for one call at a time. */
	Worker worker() {
		return new Worker();
	}

	/** Working memory for reading sources. */
	final class Reader {

		private final TwinDense.@Nullable Worker keys = (TwinAttention.this.keys != null)
				? TwinAttention.this.keys.worker() : null;

		/**
		 * @param outputs of the encoder, [batch, encoder] at each step
		 * @param lengths steps of each row; [batch]
		 */
		List<Memory> remember(Steps outputs, int[] lengths) {
			int batch = lengths.length;
			int steps = new Sequences.Tokens(new int[0], lengths).steps();
			int size = TwinAttention.this.shape.encoder();
			float[] all = new float[steps * size * batch];
			for (int t = 0; t < steps; t++) {
				outputs.memory().get(outputs.at(t), all, t * size * batch, size * batch);
			}
			float[] keys = (this.keys != null) ? this.keys.apply(outputs, batch, steps) : null;
			List<Memory> memories = new ArrayList<>();
			for (int row = 0; row < batch; row++) {
				float[] vectors = row(all, size, lengths[row], row, batch);
				memories.add(new Memory(
						(keys != null) ? row(keys, TwinAttention.this.shape.keys(), lengths[row], row, batch) : vectors,
						vectors, lengths[row]));
			}
			return memories;
		}

		/** A row's [steps][size] of [steps or more][size][batch]. */
		private static float[] row(float[] all, int size, int steps, int row, int batch) {
			float[] own = new float[steps * size];
			for (int i = 0; i < own.length; i++) {
				own[i] = all[i * batch + row];
			}
			return own;
		}

	}

	/** Working memory for answering steps. */
	final class Worker {

		private final TwinDense.@Nullable Worker queries = (TwinAttention.this.queries != null)
				? TwinAttention.this.queries.worker() : null;

		private final TwinDense.Worker output = TwinAttention.this.output.worker();

		private final Softmax softmax = new Softmax();

		private final float[] query = new float[TwinAttention.this.shape.keys()];

		private final float[] context = new float[TwinAttention.this.shape.encoder()];

		private float[] tangents = {};

		private Floats answers = Floats.allocate(0);

		/**
		 * @param h the decoder's outputs, [batch, decoder] at one step
		 * @param memories of the rows
		 */
		Answer answer(Steps h, List<Memory> memories) {
			int batch = memories.size();
			int decoder = TwinAttention.this.shape.decoder();
			int encoder = TwinAttention.this.shape.encoder();
			float[] seen = new float[(encoder + decoder) * batch];
			h.memory().get(h.at(0), seen, encoder * batch, decoder * batch);
			float[] queries = (this.queries != null) ? this.queries.apply(h, batch, 1) : null;
			List<float[]> weights = new ArrayList<>();
			for (int row = 0; row < batch; row++) {
				for (int k = 0; k < this.query.length; k++) {
					this.query[k] = (queries != null) ? queries[k * batch + row] : seen[(encoder + k) * batch + row];
				}
				weights.add(attend(memories.get(row)));
				for (int k = 0; k < encoder; k++) {
					seen[k * batch + row] = this.context[k];
				}
			}
			float[] answers = this.output.apply(seen, batch);
			Activations.tanh(answers, answers.length);
			this.answers = Floats.grown(this.answers, answers.length);
			this.answers.put(0, answers, 0, answers.length);
			return new Answer(new Steps(this.answers, 0, answers.length), weights);
		}

		/** The weights for the query; leaves the context. */
		private float[] attend(Memory memory) {
			float[] weights = new float[memory.steps()];
			if (TwinAttention.this.v.length > 0) {
				addedScores(memory, weights);
			}
			else {
				for (int s = 0; s < weights.length; s++) {
					weights[s] = product(memory.keys(), s * this.query.length, this.query);
				}
			}
			this.softmax.probabilities(weights, 1, weights.length, 1);
			Arrays.fill(this.context, 0);
			for (int s = 0; s < weights.length; s++) {
				add(weights[s], memory.vectors(), s * this.context.length, this.context);
			}
			return weights;
		}

		private void addedScores(Memory memory, float[] scores) {
			int size = this.query.length;
			this.tangents = (this.tangents.length < memory.keys().length) ? new float[memory.keys().length]
					: this.tangents;
			for (int s = 0; s < scores.length; s++) {
				for (int k = 0; k < size; k++) {
					this.tangents[s * size + k] = memory.keys()[s * size + k] + this.query[k];
				}
			}
			Activations.tanh(this.tangents, scores.length * size);
			for (int s = 0; s < scores.length; s++) {
				scores[s] = product(this.tangents, s * size, TwinAttention.this.v);
			}
		}

		/** In four sums, which need not wait for each other. */
		private static float product(float[] a, int from, float[] b) {
			float s0 = 0;
			float s1 = 0;
			float s2 = 0;
			float s3 = 0;
			int i = 0;
			for (; i + 3 < b.length; i += 4) {
				s0 += a[from + i] * b[i];
				s1 += a[from + i + 1] * b[i + 1];
				s2 += a[from + i + 2] * b[i + 2];
				s3 += a[from + i + 3] * b[i + 3];
			}
			for (; i < b.length; i++) {
				s0 += a[from + i] * b[i];
			}
			return s0 + s1 + s2 + s3;
		}

		private static void add(float factor, float[] from, int at, float[] to) {
			for (int i = 0; i < to.length; i++) {
				to[i] += factor * from[at + i];
			}
		}

	}

	/**
	 * @param vectors [batch, decoder], valid until the next call
	 * @param weights for each row those of its source's steps
	 */
	record Answer(Steps vectors, List<float[]> weights) {
	}

}
