package io.unfold.task;

import java.util.List;

import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.nn.network.Window;

/** Encoded examples of one part of the data, from which mini-batches are made. */
public interface Examples {

	int size();

	/** Steps that the network, or its encoder, reads of an example. */
	int steps(int example);

	/** Steps that the decoder reads of an example; 0 where there is no decoder. */
	int decoderSteps(int example);

	/** Answers that an example is judged by: 1, or one for every step. */
	int targets(int example);

	/** What an example counts for where examples are counted: 1, or its tokens. */
	default int counted(int example) {
		return 1;
	}

	/** The mini-batch of the given examples, in the given order. */
	Batch batch(int... examples);

	/**
	 * The same for mini-batches of so many rows: where there is one stream it becomes as
	 * many lanes.
	 */
	default Examples forBatches(int rows) {
		return this;
	}

	/**
	 * Whether windows are cut out of the data as they are asked for, so that no example
	 * is ever in memory as a whole.
	 */
	default boolean cutFromData() {
		return false;
	}

	/**
	 * The pieces in which a mini-batch of the given examples is trained on, in order,
	 * each made when it is asked for.
	 */
	default List<Window> windows(Architecture<?> architecture, TruncatedBptt bptt, int... examples) {
		return architecture.windows(batch(examples), bptt);
	}

}
