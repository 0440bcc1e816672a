package io.unfold.data;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Pieces of words, learned by byte pair encoding (Sennrich et al. 2016,
 * arXiv:1508.07909), here of characters: a word is its characters to begin with, and then
 * the two neighbours whose pair was learned first are put together, as long as there are
 * any. A piece that begins a word begins with the space before it, so that joining them
 * is putting them one after another; a text that is split has such a space before its
 * first word, too. No piece has letters together with digits or with other marks.
 */
public final class Subwords implements Tokenizer {

	/** Field of what is stored. */
	static final String STORED = "subwords";

	/** Words whose pieces are kept at most. */
	private static final int MOST_CACHED = 100_000;

	/** Characters, then what was put together, in the order in which it was. */
	private final List<String> pieces;

	private final Map<String, Integer> ranks;

	private final Map<String, List<String>> cache = new ConcurrentHashMap<>();

	/**
	 * @param pieces that there are; a piece comes after those that it is made of
	 */
	Subwords(List<String> pieces) {
		this.pieces = List.copyOf(pieces);
		this.ranks = new HashMap<>(pieces.size() * 2);
		for (String piece : this.pieces) {
			this.ranks.put(piece, this.ranks.size());
		}
	}

	/**
	 * Learns pieces.
	 * @param texts to learn from
	 * @param size pieces at most, but for the characters of the texts, which are all kept
	 */
	public static Subwords learn(Stream<String> texts, int size) {
		Map<String, int[]> words = new HashMap<>();
		texts.forEach((text) -> Chunks.split(spaced(text))
			.forEach((word) -> words.computeIfAbsent(word, (key) -> new int[1])[0]++));
		return new Subwords(new PairMerging(words).pieces(size));
	}

	/**
	 * Learns pieces of texts whose blanks all count.
	 * @param chunks what {@link Tokenizer#WORDS} splits the texts into exactly, and how
	 * often there is each
	 * @param size pieces at most, but for the characters of the texts, which are all kept
	 */
	static Subwords learnExactly(Map<String, int[]> chunks, int size) {
		return new Subwords(new PairMerging(chunks).pieces(size));
	}

	private static String spaced(String text) {
		String collapsed = Chunks.collapsed(text);
		return collapsed.isEmpty() ? collapsed : " " + collapsed;
	}

	@Override
	public List<String> split(String text) {
		return splitExactly(spaced(text));
	}

	@Override
	public String join(List<String> tokens) {
		String joined = String.join("", tokens);
		return joined.startsWith(" ") ? joined.substring(1) : joined;
	}

	@Override
	public List<String> splitExactly(String text) {
		List<String> tokens = new ArrayList<>();
		for (String word : Chunks.split(text)) {
			tokens.addAll(pieces(word));
		}
		return tokens;
	}

	private List<String> pieces(String word) {
		List<String> cached = this.cache.get(word);
		if (cached != null) {
			return cached;
		}
		List<String> pieces = new ArrayList<>(FixedTokenizer.CHARACTERS.splitExactly(word));
		while (mergeFirstLearned(pieces)) {
			// until no neighbours are a piece
		}
		List<String> found = List.copyOf(pieces);
		if (this.cache.size() < MOST_CACHED) {
			this.cache.put(word, found);
		}
		return found;
	}

	private boolean mergeFirstLearned(List<String> pieces) {
		int first = Integer.MAX_VALUE;
		int at = -1;
		for (int i = 0; i + 1 < pieces.size(); i++) {
			int rank = this.ranks.getOrDefault(pieces.get(i) + pieces.get(i + 1), Integer.MAX_VALUE);
			if (rank < first) {
				first = rank;
				at = i;
			}
		}
		if (at < 0) {
			return false;
		}
		pieces.set(at, pieces.get(at) + pieces.remove(at + 1));
		return true;
	}

	/**
	 * All pieces, whether or not those texts have them: what a text that was not learned
	 * from is split into is known then, but for characters that it alone has.
	 */
	@Override
	public Vocabulary vocabulary(Vocabulary.Kind kind, Stream<List<String>> texts, int maxSize) {
		return new Vocabulary(kind, this.pieces);
	}

	@Override
	public Object stored() {
		return Map.of(STORED, this.pieces);
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Subwords that && this.pieces.equals(that.pieces);
	}

	@Override
	public int hashCode() {
		return this.pieces.hashCode();
	}

	@Override
	public String toString() {
		return this.pieces.size() + " subwords";
	}

}
