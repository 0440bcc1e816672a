package io.unfold.nn.network;

import java.util.Optional;

/**
 * A network spec together with the sizes that the data gives it: enough to build the
 * network.
 *
 * @param <S> the serving twin
 */
public sealed interface Architecture<S extends ServingNetwork>
		permits SequenceArchitecture, EncoderDecoderArchitecture {

	/**
	 * A new network for training by gradient descent, its parameters initialised from the
	 * seed; throws {@link IllegalStateException} where there is a {@link #solvable} one.
	 */
	TrainableNetwork<S> trainable(OptimizerSpec optimizer, GradientClipping clipping, long seed);

	/**
	 * The network for training in closed form, its fixed parameters drawn from the seed;
	 * empty where a network is trained by gradient descent.
	 */
	default Optional<SolvableNetwork<S>> solvable(long seed) {
		return Optional.empty();
	}

	/**
	 * Passes over the training examples, where at most that many epochs are asked for.
	 */
	default int passes(int epochs) {
		return epochs;
	}

	/**
	 * The serving twin of a network with these parameters; throws
	 * {@link IllegalArgumentException} when they do not fit.
	 */
	S serving(Tensors parameters);

	/** Number of parameters, trained and fixed. */
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
