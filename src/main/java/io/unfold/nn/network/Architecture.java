package io.unfold.nn.network;

import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * A network spec together with the sizes that the data gives it: enough to build the
 * network.
 *
 * @param <S> the serving twin
 */
public sealed interface Architecture<S extends ServingNetwork> permits SequenceArchitecture, EncoderDecoderArchitecture,
		AutoencoderArchitecture, ConditionedDecoderArchitecture {

	/** What the network answers. */
	Output output();

	/**
	 * Whether it has a decoder that reads what it has answered, and the truth in
	 * training.
	 */
	default boolean readsItsAnswers() {
		return false;
	}

	/**
	 * A new network for training by gradient descent, its parameters initialised from the
	 * seed; throws {@link IllegalStateException} where there is a {@link #solvable} one.
	 */
	TrainableNetwork<S> trainable(LearningSpec learning);

	/** The same, on one thread. */
	default TrainableNetwork<S> trainable(OptimizerSpec optimizer, GradientClipping clipping, long seed) {
		return trainable(new LearningSpec(optimizer, clipping, 1, seed));
	}

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
