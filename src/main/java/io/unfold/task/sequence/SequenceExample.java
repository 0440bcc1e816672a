package io.unfold.task.sequence;

import io.unfold.data.Sequence;

/**
 * A sequence of a dataset, and what should be answered to it.
 *
 * @param line of the data
 * @param sequence as it was sent
 * @param answer a label, tags, numbers
 * @param <A> what an answer is
 */
public record SequenceExample<A>(long line, Sequence sequence, A answer) {
}
