package io.unfold.task.captioning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The text that occurs most often, in eight bytes for each of the texts: they are counted
 * by hashes of 64 bits. Of ten million texts, two that differ have the same one with a
 * probability of 3e-6.
 */
final class MostFrequentText {

	private MostFrequentText() {
	}

	/**
	 * Of equally frequent texts, the first in their natural order.
	 * @param texts at least one; they are read twice
	 */
	static String of(List<String> texts) {
		long[] hashes = texts.stream().mapToLong(MostFrequentText::hash).toArray();
		Arrays.sort(hashes);
		int most = 0;
		// those that occur most often are moved to the front
		int winners = 0;
		int to;
		for (int from = 0; from < hashes.length; from = to) {
			to = from + 1;
			while (to < hashes.length && hashes[to] == hashes[from]) {
				to++;
			}
			if (to - from > most) {
				most = to - from;
				winners = 0;
			}
			if (to - from == most) {
				hashes[winners++] = hashes[from];
			}
		}
		int end = winners;
		return texts.stream()
			.filter((text) -> Arrays.binarySearch(hashes, 0, end, hash(text)) >= 0)
			.min(Comparator.naturalOrder())
			.orElseThrow();
	}

	/** FNV-1a, by characters. */
	private static long hash(String text) {
		long hash = 0xcbf29ce484222325L;
		for (int i = 0; i < text.length(); i++) {
			hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
		}
		return hash;
	}

}
