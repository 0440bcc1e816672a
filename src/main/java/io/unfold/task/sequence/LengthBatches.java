package io.unfold.task.sequence;

import java.util.ArrayList;
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

	private LengthBatches() {
	}

	/** The sequences' numbers, batch by batch. */
	public static List<int[]> of(List<? extends Encoded> sequences) {
		int[] order = IntStream.range(0, sequences.size())
			.boxed()
			.sorted(Comparator.comparingInt((i) -> sequences.get(i).steps()))
			.mapToInt(Integer::intValue)
			.toArray();
		List<int[]> batches = new ArrayList<>();
		for (int from = 0; from < order.length; from += MOST_ROWS) {
			batches.add(java.util.Arrays.copyOfRange(order, from, Math.min(order.length, from + MOST_ROWS)));
		}
		return batches;
	}

}
