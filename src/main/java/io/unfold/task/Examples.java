package io.unfold.task;

import io.unfold.nn.network.Batch;

/** Encoded examples of one part of the data, from which mini-batches are made. */
public interface Examples {

	int size();

	/** Steps that the network, or its encoder, reads of an example. */
	int steps(int example);

	/** Steps that the decoder reads of an example; 0 where there is no decoder. */
	int decoderSteps(int example);

	/** Answers that an example is judged by: 1, or one for every step. */
	int targets(int example);

	/** The mini-batch of the given examples, in the given order. */
	Batch batch(int... examples);

}
