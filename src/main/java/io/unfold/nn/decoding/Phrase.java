package io.unfold.nn.decoding;

/**
 * Tokens that must be in what is written, one after another.
 *
 * @param tokens at least one; those that the vocabulary lacks are the unknown token
 * @param known whether the vocabulary has all of them, so that a decoder may write the
 * phrase by itself
 * @param from the first step of the source that the phrase stands for
 * @param to the step after the last
 * @param runsOn whether it would go on with a word that is not at its end
 * @param endsOpen whether a token that runs on would go on with its last word
 */
public record Phrase(int[] tokens, boolean known, int from, int to, boolean runsOn, boolean endsOpen) {

	public Phrase {
		if (tokens.length == 0) {
			throw new IllegalArgumentException("a phrase has at least one token");
		}
	}

	/** Tokens that writing it takes at most: a separator may come before it. */
	public int most() {
		return this.tokens.length + (this.runsOn ? 1 : 0);
	}

	/**
	 * The share of its weights that a step of the decoder gives to what it stands for.
	 */
	double attention(float[] weights) {
		double sum = 0;
		for (int i = this.from; i < this.to; i++) {
			sum += weights[i];
		}
		return sum;
	}

}
