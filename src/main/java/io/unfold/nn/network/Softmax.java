package io.unfold.nn.network;

/** Probabilities from logits, [size][batch], batch fastest, without overflow. */
final class Softmax {

	private Softmax() {
	}

	/** Replaces the logits by probabilities. */
	static void probabilities(float[] logits, int from, int size, int batch) {
		float[] sums = shiftedSums(logits, from, size, batch);
		for (int i = from; i < from + size * batch; i++) {
			logits[i] = (float) Math.exp(logits[i]) / sums[(i - from) % batch];
		}
	}

	/** Replaces the logits by the natural logarithms of probabilities. */
	static void logProbabilities(float[] logits, int size, int batch) {
		float[] sums = shiftedSums(logits, 0, size, batch);
		for (int row = 0; row < batch; row++) {
			sums[row] = (float) Math.log(sums[row]);
		}
		for (int k = 0; k < size; k++) {
			for (int row = 0; row < batch; row++) {
				logits[k * batch + row] -= sums[row];
			}
		}
	}

	/**
	 * Takes each row's largest logit from its logits, and sums the exponentials of what
	 * is left.
	 */
	private static float[] shiftedSums(float[] logits, int from, int size, int batch) {
		float[] largest = new float[batch];
		System.arraycopy(logits, from, largest, 0, batch);
		for (int k = 1; k < size; k++) {
			for (int row = 0; row < batch; row++) {
				largest[row] = Math.max(largest[row], logits[from + k * batch + row]);
			}
		}
		float[] sums = new float[batch];
		for (int k = 0; k < size; k++) {
			for (int row = 0; row < batch; row++) {
				int i = from + k * batch + row;
				logits[i] -= largest[row];
				sums[row] += (float) Math.exp(logits[i]);
			}
		}
		return sums;
	}

}
