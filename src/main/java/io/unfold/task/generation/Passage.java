package io.unfold.task.generation;

/**
 * Tokens of a corpus that follow each other, each to be told from those before it.
 *
 * @param ids of the corpus
 * @param from index of the first, at least 1: there is always one before it
 * @param to index after the last
 */
record Passage(TokenIds ids, int from, int to) {

	Passage {
		if (from < 1 || to > ids.length()) {
			throw new IllegalArgumentException("no passage from " + from + " to " + to);
		}
	}

	int length() {
		return Math.max(0, this.to - this.from);
	}

	/** Its first tokens. */
	Passage first(int most) {
		return new Passage(this.ids, this.from, this.from + Math.min(most, length()));
	}

	/** Its last tokens. */
	Passage last(int most) {
		return new Passage(this.ids, this.to - Math.min(most, length()), this.to);
	}

	/** Cuts it into pieces of equal lengths, or lengths that differ by one. */
	Passage part(int index, int count) {
		return new Passage(this.ids, this.from + (int) ((long) length() * index / count),
				this.from + (int) ((long) length() * (index + 1) / count));
	}

}
