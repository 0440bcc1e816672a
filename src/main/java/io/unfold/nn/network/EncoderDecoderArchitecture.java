package io.unfold.nn.network;

/**
 * An encoder-decoder between two vocabularies.
 *
 * @param sourceVocabulary number of source tokens
 * @param targetVocabulary number of target tokens, start and end among them
 * @param spec the layers
 */
public record EncoderDecoderArchitecture(int sourceVocabulary, int targetVocabulary,
		EncoderDecoderSpec spec) implements Architecture<EncoderDecoderNetwork> {

	@Override
	public TrainableNetwork<EncoderDecoderNetwork> trainable(OptimizerSpec optimizer, GradientClipping clipping,
			long seed) {
		throw new UnsupportedOperationException();
	}

	@Override
	public EncoderDecoderNetwork serving(Tensors parameters) {
		throw new UnsupportedOperationException();
	}

	@Override
	public long parameterCount() {
		throw new UnsupportedOperationException();
	}

	@Override
	public long trainingBytes(int batch, int steps, int decoderSteps) {
		throw new UnsupportedOperationException();
	}

	@Override
	public double trainingFlops(int batch, int steps, int decoderSteps) {
		throw new UnsupportedOperationException();
	}

}
