package io.unfold.task.captioning;

import io.unfold.data.Normalizer;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.sequence.NumberEncoder;

/**
 * Scales feature vectors.
 *
 * @param normalizer fitted to the training part, one scale per feature
 */
record FeatureEncoder(Normalizer normalizer) {

	int features() {
		return this.normalizer.features();
	}

	/**
	 * A vector as the network reads it: a sequence of one step.
	 * @param pointer of the vector, for errors
	 */
	NumberEncoder.Numbers encode(float[] vector, String pointer) {
		requireSize(vector, features(), pointer, "those that the model is trained on have");
		float[][] step = this.normalizer.apply(new float[][] { vector });
		for (int i = 0; i < vector.length; i++) {
			if (!Float.isFinite(step[0][i])) {
				throw new InvalidRequestException(pointer + "/" + i,
						"is too far from the numbers that the model is trained on to be scaled");
			}
		}
		return new NumberEncoder.Numbers(step);
	}

	/**
	 * @param who has that size, as in "the first example has"
	 */
	static void requireSize(float[] vector, int size, String pointer, String who) {
		if (vector.length != size) {
			throw new InvalidRequestException(pointer, "has " + vector.length
					+ ((vector.length == 1) ? " number" : " numbers") + " where " + who + " " + size);
		}
	}

}
