package io.unfold.task.sequence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.task.sequence.SequenceEncoder.Encoded;

/**
 * Mini-batches for inference: sequences of like length together, so that little is
 * padded.
 */
public final class LengthBatches {

	private static final int MOST_ROWS = 64;

	/** What a network keeps of its steps takes memory. */
	private static final int MOST_STEPS = 1 << 17;

	private LengthBatches() {
	}

	/** The sequences' numbers, batch by batch. */
	public static List<int[]> of(List<? extends Encoded> sequences) {
		int[] steps = sequences.stream().mapToInt(Encoded::steps).toArray();
		int[] order = IntStream.range(0, sequences.size())
			.boxed()
			.sorted(Comparator.comparingInt((i) -> steps[i]))
			.mapToInt(Integer::intValue)
			.toArray();
		List<int[]> batches = new ArrayList<>();
		int from = 0;
		for (int to = 1; to <= order.length; to++) {
			// the next is the longest so far, to which all would be padded
			if (to == order.length || to - from == MOST_ROWS || (to - from + 1L) * steps[order[to]] > MOST_STEPS) {
				batches.add(Arrays.copyOfRange(order, from, to));
				from = to;
			}
		}
		return batches;
	}

}
