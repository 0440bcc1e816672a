package io.unfold.nn.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The vectors of a vocabulary's tokens, and the gradient of the last pass, to which all
 * layers add that use them: one embedding has them as its parameter, others and an output
 * layer may be tied to it.
 */
final class TokenVectors {

	private final EmbeddingLayer owner;

	/** Whether the gradient is that of this pass. */
	private boolean begun;

	TokenVectors(EmbeddingLayer owner) {
		this.owner = owner;
	}

	/** [size, vocabulary], of which a column is a token's vector. */
	INDArray values() {
		return this.owner.values();
	}

	/** A new pass forward. */
	void forward() {
		this.begun = false;
	}

	/** What gradients are added to; as the values. */
	INDArray gradient() {
		INDArray gradient = this.owner.gradientOfValues();
		if (!this.begun) {
			this.begun = true;
			gradient.assign(0);
		}
		return gradient;
	}

}
