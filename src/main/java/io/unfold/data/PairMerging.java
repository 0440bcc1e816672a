package io.unfold.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Learns byte pair encoding: the most frequent pair of neighbours becomes a piece, again
 * and again. Only the words that have the pair are counted anew each time. Among equally
 * frequent pairs the first in the order of {@link String#compareTo} is taken, so that the
 * order of the words does not matter.
 */
final class PairMerging {

	private final List<String> pieces = new ArrayList<>();

	private final Map<String, Integer> ids = new HashMap<>();

	/** The pieces that each word consists of. */
	private final List<int[]> words = new ArrayList<>();

	/** How often there is each word. */
	private final List<Integer> counts = new ArrayList<>();

	private final Map<Pair, Occurrences> pairs = new HashMap<>();

	/** Also holds pairs with counts that are no more, which are passed over. */
	private final PriorityQueue<Candidate> candidates = new PriorityQueue<>(
			Comparator.comparingLong((Candidate candidate) -> -candidate.count())
				.thenComparing((candidate) -> this.pieces.get(candidate.pair().left()))
				.thenComparing((candidate) -> this.pieces.get(candidate.pair().right())));

	/**
	 * @param words and how often there is each
	 */
	PairMerging(Map<String, int[]> words) {
		characters(words);
		words.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach((entry) -> {
			this.words.add(entry.getKey().codePoints().map((c) -> id(Character.toString(c))).toArray());
			this.counts.add(entry.getValue()[0]);
		});
		for (int word = 0; word < this.words.size(); word++) {
			count(word, 1);
		}
		this.pairs.forEach((pair, found) -> this.candidates.add(new Candidate(pair, found.count)));
	}

	/** The most frequent first. */
	private void characters(Map<String, int[]> words) {
		Map<String, Long> characters = new HashMap<>();
		words.forEach((word, count) -> word.codePoints()
			.forEach((c) -> characters.merge(Character.toString(c), (long) count[0], Long::sum)));
		characters.entrySet()
			.stream()
			.sorted(Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue())
				.thenComparing(Map.Entry::getKey))
			.forEach((entry) -> id(entry.getKey()));
	}

	private int id(String piece) {
		return this.ids.computeIfAbsent(piece, (key) -> {
			this.pieces.add(key);
			return this.pieces.size() - 1;
		});
	}

	/**
	 * The characters, and pieces that are there twice at least.
	 * @param size of them at most, but all characters
	 */
	List<String> pieces(int size) {
		while (this.pieces.size() < size) {
			Candidate best = this.candidates.poll();
			if (best == null || best.count() < 2) {
				break;
			}
			Occurrences found = this.pairs.get(best.pair());
			if (found != null && found.count == best.count()) {
				merge(best.pair(), found);
			}
		}
		return List.copyOf(this.pieces);
	}

	private void merge(Pair pair, Occurrences found) {
		int merged = id(this.pieces.get(pair.left()) + this.pieces.get(pair.right()));
		Set<Pair> changed = new HashSet<>();
		for (int word : List.copyOf(found.words)) {
			changed.addAll(count(word, -1));
			this.words.set(word, merged(this.words.get(word), pair, merged));
			changed.addAll(count(word, 1));
		}
		for (Pair other : changed) {
			Occurrences left = this.pairs.get(other);
			if (left != null && left.count > 0) {
				this.candidates.add(new Candidate(other, left.count));
			}
			else {
				this.pairs.remove(other);
			}
		}
	}

	private static int[] merged(int[] word, Pair pair, int merged) {
		int[] after = new int[word.length];
		int length = 0;
		for (int i = 0; i < word.length; i++) {
			boolean here = word[i] == pair.left() && i + 1 < word.length && word[i + 1] == pair.right();
			after[length++] = here ? merged : word[i];
			i += here ? 1 : 0;
		}
		return Arrays.copyOf(after, length);
	}

	/** Counts the pairs of a word, or takes them back (sign -1). */
	private List<Pair> count(int word, int sign) {
		List<Pair> found = new ArrayList<>();
		int[] ids = this.words.get(word);
		for (int i = 0; i + 1 < ids.length; i++) {
			Pair pair = new Pair(ids[i], ids[i + 1]);
			Occurrences occurrences = this.pairs.computeIfAbsent(pair, (key) -> new Occurrences());
			occurrences.count += (long) sign * this.counts.get(word);
			if (sign > 0) {
				occurrences.words.add(word);
			}
			else {
				occurrences.words.remove(word);
			}
			found.add(pair);
		}
		return found;
	}

	private record Pair(int left, int right) {
	}

	private record Candidate(Pair pair, long count) {
	}

	/** Where a pair is. */
	private static final class Occurrences {

		private long count;

		private final Set<Integer> words = new HashSet<>();

	}

}
