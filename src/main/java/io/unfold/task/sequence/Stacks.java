package io.unfold.task.sequence;

import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.StepInput;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** The networks of tasks that need no decoder. */
public final class Stacks {

	private static final int EMBEDDING = 64;

	private Stacks() {
	}

	/**
	 * The network to train, defaults resolved.
	 * @throws InvalidRequestException when the spec does not fit the task
	 */
	public static StackSpec resolve(@Nullable NetworkSpec network, StepInput input) {
		StackSpec stack = (network != null) ? of(network) : StackSpec.standard();
		if (input instanceof StepInput.Values && stack.embedding() != null) {
			throw noEmbedding();
		}
		if (input instanceof StepInput.Tokens && stack.embedding() == null) {
			return stack.withEmbedding(EMBEDDING);
		}
		return stack;
	}

	/** What is said of vectors for tokens where there are none. */
	public static InvalidRequestException noEmbedding() {
		return new InvalidRequestException("/network/embedding",
				"is for tokens; these sequences are numbers, which need none");
	}

	/** The spec as a stack of layers. */
	public static StackSpec of(NetworkSpec network) {
		if (network instanceof StackSpec stack) {
			return stack;
		}
		throw new InvalidRequestException("/network", "must have 'layers': this task needs no 'encoder' and 'decoder'");
	}

}
