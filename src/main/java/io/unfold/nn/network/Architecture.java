package io.unfold.nn.network;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A network spec together with the sizes that the data gives it: enough to build the
 * network.
 *
 * @param <S> the serving twin
 */
public sealed interface Architecture<S extends ServingNetwork>
		permits SequenceArchitecture, EncoderDecoderArchitecture {

	/** A new network with parameters initialised from the seed. */
	TrainableNetwork<S> trainable(LearningSpec learning);

	/** The same, on one thread. */
	default TrainableNetwork<S> trainable(OptimizerSpec optimizer, GradientClipping clipping, long seed) {
		return trainable(new LearningSpec(optimizer, clipping, 1, seed));
	}

	/**
	 * The serving twin of a network with these parameters; throws
	 * {@link IllegalArgumentException} when they do not fit.
	 */
	S serving(Tensors parameters);

	/** Number of trained parameters. */
	long parameterCount();

	/**
	 * Why the network can only learn from whole sequences, so that truncated BPTT has no
	 * meaning, for people; null where it can learn from windows of them.
	 */
	@Nullable String whyWhole();

	/**
	 * The pieces in which a mini-batch is trained on, one after the other, the state
	 * going from each to the next.
	 * @throws IllegalArgumentException when the network only learns from whole sequences
	 */
	List<Window> windows(Batch batch, TruncatedBptt bptt);

	/**
	 * An upper estimate of the memory that training takes, in bytes: parameters,
	 * gradients, moments and the activations of the largest mini-batch, or of a window of
	 * it.
	 * @param batch rows of a mini-batch
	 * @param steps steps of the longest input
	 * @param decoderSteps steps of the longest decoder input; 0 where there is no decoder
	 * @param bptt null: through whole sequences
	 */
	long trainingBytes(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt);

	/**
	 * Floating-point operations of training on a mini-batch, estimated; for time
	 * estimates.
	 * @param bptt null: through whole sequences
	 */
	double trainingFlops(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt);

}
