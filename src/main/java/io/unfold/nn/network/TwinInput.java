package io.unfold.nn.network;

import io.unfold.nn.cell.Floats;
import org.jspecify.annotations.Nullable;

/** What a stack reads at each step, for serving: numbers, or vectors for tokens. */
final class TwinInput {

	private final StepInput input;

	/** Vectors of the tokens; [vocabulary, size], column-major. */
	private final float[] vectors;

	private TwinInput(StepInput input, float[] vectors) {
		this.input = input;
		this.vectors = vectors;
	}

	/**
	 * @param embedding name of the tokens' vectors
	 */
	static TwinInput of(StepInput input, String embedding, Tensors tensors) {
		return new TwinInput(input,
				(input instanceof StepInput.Tokens) ? tensors.get(embedding + ".W").values().clone() : new float[0]);
	}

	/** Writes the sequences to {@code target}, [time][features][batch]. */
	void write(Sequences sequences, Floats target) {
		if (this.input instanceof StepInput.Tokens tokens && sequences instanceof Sequences.Tokens given) {
			write(given, tokens.vocabulary(), target);
		}
		else if (this.input instanceof StepInput.Values expected && sequences instanceof Sequences.Values given
				&& expected.features() == given.features()) {
			target.put(0, given.data(), 0, given.steps() * given.features() * given.batch());
		}
		else {
			throw new IllegalArgumentException("the network reads " + this.input);
		}
	}

	private void write(Sequences.Tokens tokens, int vocabulary, Floats target) {
		int size = this.vectors.length / vocabulary;
		int batch = tokens.batch();
		float[] step = new float[size * batch];
		for (int t = 0; t < tokens.steps(); t++) {
			for (int row = 0; row < batch; row++) {
				int id = (t < tokens.lengths()[row]) ? tokens.ids()[t * batch + row] : 0;
				if (id < 0 || id >= vocabulary) {
					throw new IllegalArgumentException("token " + id + " is not in the vocabulary of " + vocabulary);
				}
				for (int k = 0; k < size; k++) {
					step[k * batch + row] = this.vectors[k * vocabulary + id];
				}
			}
			target.put((long) t * step.length, step, 0, step.length);
		}
	}

	/** 1 where a row has a step; null where all rows have all steps. */
	static float @Nullable [] mask(Sequences sequences) {
		int batch = sequences.batch();
		int steps = sequences.steps();
		float[] mask = new float[steps * batch];
		boolean padded = false;
		for (int i = 0; i < mask.length; i++) {
			boolean has = i / batch < sequences.lengths()[i % batch];
			mask[i] = has ? 1 : 0;
			padded |= !has;
		}
		return padded ? mask : null;
	}

}
