package io.unfold.nn.network;

/**
 * A network spec together with the sizes that the data gives it: enough to build the
 * network.
 *
 * @param <S> the serving twin
 */
public sealed interface Architecture<S extends ServingNetwork>
		permits SequenceArchitecture, EncoderDecoderArchitecture {

	/** A new network with parameters initialised from the seed. */
	TrainableNetwork<S> trainable(OptimizerSpec optimizer, GradientClipping clipping, long seed);

	/**
	 * The serving twin of a network with these parameters; throws
	 * {@link IllegalArgumentException} when they do not fit.
	 */
	S serving(Tensors parameters);

	/** Number of trained parameters. */
	long parameterCount();

	/**
	 * An upper estimate of the memory that training takes, in bytes: parameters,
	 * gradients, moments and the activations of the largest mini-batch.
	 * @param batch rows of a mini-batch
	 * @param steps steps of the longest input
	 * @param decoderSteps steps of the longest decoder input; 0 where there is no decoder
	 */
	long trainingBytes(int batch, int steps, int decoderSteps);

	/** Floating-point operations of one training step, estimated; for time estimates. */
	double trainingFlops(int batch, int steps, int decoderSteps);

}
