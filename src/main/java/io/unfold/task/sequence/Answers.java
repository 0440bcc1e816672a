package io.unfold.task.sequence;

import io.unfold.nn.network.Targets;

/** What a network should answer to the sequences of a dataset. */
public interface Answers {

	/** Answers that a sequence is judged by: 1, or one for every step that counts. */
	int count(int sequence);

	/** The answers to the given sequences, in the given order. */
	Targets targets(int... sequences);

}
