package io.unfold.nn.network;

/**
 * A stack of recurrent layers between an input and an output.
 *
 * @param input what is read at each step
 * @param stack the recurrent layers
 * @param output what is answered
 */
public record SequenceArchitecture(StepInput input, StackSpec stack,
		Output output) implements Architecture<SequenceNetwork> {

	@Override
	public TrainableNetwork<SequenceNetwork> trainable(OptimizerSpec optimizer, GradientClipping clipping, long seed) {
		throw new UnsupportedOperationException();
	}

	@Override
	public SequenceNetwork serving(Tensors parameters) {
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
