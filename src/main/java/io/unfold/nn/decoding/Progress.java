package io.unfold.nn.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * How far the beginning of a sequence has come with the phrases that must be in it. A
 * phrase that has been begun is written to its end; one that the decoder has written by
 * itself counts as well. No token belongs to two phrases. Immutable.
 *
 * @param phrases that must be written
 * @param constraints of the search
 * @param met those that have been
 * @param current the one that has been begun; -1 for none
 * @param written how many of its tokens have been
 * @param free tokens of the sequence up to the end of the last phrase
 * @param closed whether the last token ended a phrase that was begun, and whose last word
 * must not go on
 * @param placements where the phrases are, in the order in which they were met
 */
record Progress(List<Phrase> phrases, Constraints constraints, BitSet met, int current, int written, int free,
		boolean closed, List<Hypothesis.Placement> placements) {

	static @Nullable Progress of(List<Phrase> phrases, Constraints constraints) {
		return phrases.isEmpty() ? null : new Progress(phrases, constraints, new BitSet(), -1, 0, 0, false, List.of());
	}

	boolean complete() {
		return this.current < 0 && this.met.cardinality() == this.phrases.size();
	}

	/** Whether a phrase has been begun that the next token must go on with. */
	boolean within() {
		return this.current >= 0;
	}

	/** The token that goes on with the phrase that has been begun. */
	int forced() {
		return this.phrases.get(this.current).tokens()[this.written];
	}

	/** Tokens that it may take at most to write what is missing. */
	int missing() {
		int missing = within() ? -this.written : 0;
		for (int i = 0; i < this.phrases.size(); i++) {
			if (i == this.current) {
				missing += this.phrases.get(i).tokens().length;
			}
			else if (!this.met.get(i)) {
				missing += this.phrases.get(i).most();
			}
		}
		return missing;
	}

	/** Tokens of phrases that have been written. */
	int done() {
		return this.met.stream().map((i) -> this.phrases.get(i).tokens().length).sum() + this.written;
	}

	/**
	 * The phrases that are missing.
	 * @param all also those that have the same tokens as one before them
	 */
	IntStream open(boolean all) {
		return IntStream.range(0, this.phrases.size())
			.filter((i) -> !this.met.get(i) && (all || IntStream.range(0, i)
				.noneMatch((j) -> !this.met.get(j)
						&& Arrays.equals(this.phrases.get(i).tokens(), this.phrases.get(j).tokens()))));
	}

	/** After a token that belongs to no phrase that has been begun. */
	Progress with() {
		return this.closed
				? new Progress(this.phrases, this.constraints, this.met, -1, 0, this.free, false, this.placements)
				: this;
	}

	/** Whether a separator must be written before the phrase. */
	boolean separates(int phrase, int before) {
		return this.phrases.get(phrase).runsOn() && before >= 0
				&& (this.closed || this.constraints.endOpen().get(before));
	}

	/**
	 * After the first token of a phrase, or the separator before it.
	 * @param length of the sequence, with that token
	 */
	Progress begun(int phrase, boolean separated, int length) {
		Progress begun = new Progress(this.phrases, this.constraints, this.met, phrase, 0, this.free, false,
				this.placements);
		return separated ? begun : begun.further(length);
	}

	/**
	 * After the token that was forced.
	 * @param length of the sequence, with that token
	 */
	Progress further(int length) {
		Phrase phrase = this.phrases.get(this.current);
		if (this.written + 1 < phrase.tokens().length) {
			return new Progress(this.phrases, this.constraints, this.met, this.current, this.written + 1, this.free,
					false, this.placements);
		}
		return met(this.current, length, phrase.endsOpen());
	}

	private Progress met(int phrase, int length, boolean closed) {
		BitSet all = (BitSet) this.met.clone();
		all.set(phrase);
		List<Hypothesis.Placement> places = new ArrayList<>(this.placements);
		places.add(new Hypothesis.Placement(phrase, length - this.phrases.get(phrase).tokens().length, length));
		return new Progress(this.phrases, this.constraints, all, -1, 0, length, closed, List.copyOf(places));
	}

	/**
	 * With the phrase met that the sequence ends with, if the decoder has written one by
	 * itself: the longest.
	 * @param sequence all tokens so far
	 * @param next what follows; a token that runs on would make another word of the
	 * phrase's last
	 */
	Progress settled(int[] sequence, int next) {
		if (within()) {
			return this;
		}
		int longest = -1;
		for (int i = 0; i < this.phrases.size(); i++) {
			Phrase phrase = this.phrases.get(i);
			boolean longer = longest < 0 || phrase.tokens().length > this.phrases.get(longest).tokens().length;
			if (!this.met.get(i) && longer && phrase.known() && endsWith(sequence, phrase)
					&& !(phrase.endsOpen() && this.constraints.runOn().get(next))) {
				longest = i;
			}
		}
		return (longest < 0) ? this : met(longest, sequence.length, false);
	}

	private boolean endsWith(int[] sequence, Phrase phrase) {
		int from = sequence.length - phrase.tokens().length;
		if (from < this.free || (phrase.runsOn() && from > 0 && this.constraints.endOpen().get(sequence[from - 1]))) {
			return false;
		}
		for (int i = 0; i < phrase.tokens().length; i++) {
			if (sequence[from + i] != phrase.tokens()[i]) {
				return false;
			}
		}
		return true;
	}

	/** Whether what is to be written after both is the same. */
	boolean like(Progress other) {
		return this.current == other.current && this.written == other.written && this.met.equals(other.met);
	}

}
