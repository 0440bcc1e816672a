package io.unfold.task.tagging;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.unfold.task.sequence.EncodedSequences;
import io.unfold.task.sequence.SequenceEncoder.Encoded;
import io.unfold.task.sequence.TokenEncoder;

/**
 * The naive tagger: each token gets the tag that it has most often in the training part.
 * Tokens that are not in it, and steps of numbers, get the tag that is the most frequent
 * of all; among equally frequent ones it is the first.
 */
final class CommonTags {

	private final Map<Integer, int[]> byToken = new HashMap<>();

	private final int[] overall;

	private final int unknown;

	/**
	 * @param tags [sequence][step]
	 * @param count number of tags that there are
	 */
	CommonTags(EncodedSequences sequences, List<int[]> tags, int count) {
		this.overall = new int[count];
		this.unknown = (sequences.encoder() instanceof TokenEncoder encoder) ? encoder.vocabulary().unknown() : -1;
		for (int i : sequences.parts().training()) {
			for (int t = 0; t < tags.get(i).length; t++) {
				int tag = tags.get(i)[t];
				this.overall[tag]++;
				if (sequences.sequences().get(i) instanceof TokenEncoder.Ids ids && ids.ids()[t] != this.unknown) {
					this.byToken.computeIfAbsent(ids.ids()[t], (id) -> new int[count])[tag]++;
				}
			}
		}
	}

	/** Tags of a sequence's steps, by their numbers. */
	int[] answer(Encoded sequence) {
		int[] tags = new int[sequence.steps()];
		for (int t = 0; t < tags.length; t++) {
			int[] counts = (sequence instanceof TokenEncoder.Ids ids)
					? this.byToken.getOrDefault(ids.ids()[t], this.overall) : this.overall;
			tags[t] = mostFrequent(counts);
		}
		return tags;
	}

	private static int mostFrequent(int[] counts) {
		int best = 0;
		for (int tag = 1; tag < counts.length; tag++) {
			best = (counts[tag] > counts[best]) ? tag : best;
		}
		return best;
	}

}
