package io.unfold.nn.network;

import java.util.Arrays;

import org.jspecify.annotations.Nullable;

/**
 * A mini-batch.
 *
 * @param inputs what the network, or its encoder, reads
 * @param decoderInputs the true previous outputs that the decoder reads (teacher
 * forcing), beginning with the start token; null where there is no decoder
 * @param targets what it should answer
 */
public record Batch(Sequences inputs, Sequences.@Nullable Tokens decoderInputs, Targets targets) {

	/** The rows from one number up to another, padded to the longest of them. */
	Batch rows(int from, int to) {
		int batch = this.inputs.batch();
		if (from == 0 && to == batch) {
			return this;
		}
		Targets some = (this.targets instanceof Targets.Values values)
				? new Targets.Values(rows(values.data(), batch, from, to, values.data().length / batch),
						values.washout())
				: new Targets.Classes(rows(((Targets.Classes) this.targets).ids(), batch, from, to,
						((Targets.Classes) this.targets).ids().length / batch));
		return new Batch(rows(this.inputs, from, to),
				(this.decoderInputs != null) ? rows(this.decoderInputs, from, to) : null, some);
	}

	private static Sequences rows(Sequences sequences, int from, int to) {
		if (sequences instanceof Sequences.Tokens tokens) {
			return rows(tokens, from, to);
		}
		Sequences.Values values = (Sequences.Values) sequences;
		int[] lengths = Arrays.copyOfRange(values.lengths(), from, to);
		return new Sequences.Values(values.features(),
				rows(values.data(), values.batch(), from, to, longest(lengths) * values.features()), lengths);
	}

	private static Sequences.Tokens rows(Sequences.Tokens tokens, int from, int to) {
		int[] lengths = Arrays.copyOfRange(tokens.lengths(), from, to);
		return new Sequences.Tokens(rows(tokens.ids(), tokens.batch(), from, to, longest(lengths)), lengths);
	}

	private static int longest(int[] lengths) {
		return Arrays.stream(lengths).max().orElse(0);
	}

	/**
	 * @param all [blocks or more][batch]
	 */
	private static float[] rows(float[] all, int batch, int from, int to, int blocks) {
		float[] some = new float[blocks * (to - from)];
		for (int block = 0; block < blocks; block++) {
			System.arraycopy(all, block * batch + from, some, block * (to - from), to - from);
		}
		return some;
	}

	/**
	 * @param all [blocks or more][batch]
	 */
	private static int[] rows(int[] all, int batch, int from, int to, int blocks) {
		int[] some = new int[blocks * (to - from)];
		for (int block = 0; block < blocks; block++) {
			System.arraycopy(all, block * batch + from, some, block * (to - from), to - from);
		}
		return some;
	}

}
