package io.unfold.nn.decoding;

import java.util.Arrays;
import java.util.Collections;
import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A sequence that has not ended.
 *
 * @param parent row of the step that wrote the last token
 * @param before all but the last token; null for the start token
 * @param token the last token
 * @param length tokens after the start token
 * @param total log-probability
 * @param rank what beginnings of one length are compared by: the total, unless phrases
 * must be written
 * @param attention of the step that wrote the last token; null where there is none
 * @param progress with phrases that must be written; null where there are none
 */
record Beginning(int parent, @Nullable Beginning before, int token, int length, double total, double rank,
		float @Nullable [] attention, @Nullable Progress progress) {

	Beginning then(int parent, int token, double logProbability, double rank, float @Nullable [] attention,
			@Nullable Progress progress) {
		return new Beginning(parent, this, token, this.length + 1, this.total + logProbability, this.rank + rank,
				attention, progress);
	}

	/** All tokens after the start token. */
	int[] sequence() {
		int[] tokens = new int[this.length];
		Beginning last = this;
		for (int i = tokens.length - 1; i >= 0 && last.before != null; i--) {
			tokens[i] = last.token;
			last = last.before;
		}
		return tokens;
	}

	/** The sequence without the last token, which ended it. */
	Hypothesis ended() {
		return hypothesis((this.before != null) ? this.before : this, true);
	}

	/** The sequence as it is. */
	Hypothesis cut() {
		return hypothesis(this, false);
	}

	private Hypothesis hypothesis(Beginning written, boolean complete) {
		Integer[] tokens = Arrays.stream(written.sequence()).boxed().toArray(Integer[]::new);
		List<float[]> looked = new ArrayList<>();
		for (Beginning last = written; last != null; last = last.before) {
			if (last.attention != null) {
				looked.add(last.attention);
			}
		}
		Collections.reverse(looked);
		return new Hypothesis(Arrays.asList(tokens), this.total / Math.max(1, this.length), complete, looked,
				(this.progress != null) ? this.progress.placements() : List.of());
	}

	/**
	 * Whether it is another way to the same sequence, with the same still to be written.
	 */
	boolean same(Beginning other) {
		return this.token == other.token && this.progress != null && other.progress != null
				&& this.progress.like(other.progress) && Arrays.equals(sequence(), other.sequence());
	}

}
