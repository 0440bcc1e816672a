package io.unfold.nn.network;

/** What a network reads at each step. */
public sealed interface StepInput {

	/**
	 * A vector of numbers.
	 *
	 * @param features its size
	 */
	record Values(int features) implements StepInput {
	}

	/**
	 * One token.
	 *
	 * @param vocabulary number of tokens
	 */
	record Tokens(int vocabulary) implements StepInput {
	}

}
