package io.unfold.learning;

import java.util.List;

/** An example as the native API takes it: what is written as one line of JSONL. */
sealed interface Example {

	/**
	 * @param sequence [time][features]
	 * @param target a number, or one for each step
	 */
	record Measured(double[][] sequence, Object target) implements Example {
	}

	/**
	 * @param sequence tokens
	 * @param tags one for each token
	 */
	record Tagged(List<String> sequence, List<String> tags) implements Example {
	}

}
