package io.unfold.nn.network;

/** A decoder that writes about feature vectors, token by token. */
public interface ConditionedDecoderNetwork extends DecoderNetwork {

	/**
	 * The decoder's starting state for feature vectors.
	 * @param features [size][batch], batch fastest
	 */
	State start(float[] features, int batch);

}
