package io.unfold.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * The tokens that a model knows, and their ids from 0. The special tokens come first,
 * then the others from the most frequent down, so that the same texts give the same
 * vocabulary. Immutable.
 */
public final class Vocabulary {

	/** Stands for every token that the vocabulary lacks. */
	public static final String UNKNOWN = "<unk>";

	/** Begins a sequence that a decoder writes. */
	public static final String START = "<s>";

	/** Ends a sequence that a decoder writes. */
	public static final String END = "</s>";

	private final Kind kind;

	private final List<String> tokens;

	private final Map<String, Integer> ids;

	/**
	 * @param kind which special tokens it has
	 * @param tokens the others, in the order of their ids
	 */
	@JsonCreator
	public Vocabulary(@JsonProperty("kind") Kind kind, @JsonProperty("tokens") List<String> tokens) {
		this.kind = kind;
		if (!Collections.disjoint(kind.special, tokens)) {
			throw new InvalidFieldException("tokens", "must not hold the special tokens " + kind.special);
		}
		List<String> all = new ArrayList<>(kind.special);
		all.addAll(tokens);
		this.tokens = Collections.unmodifiableList(all);
		this.ids = new HashMap<>(tokens.size() * 2);
		for (int id = kind.special.size(); id < all.size(); id++) {
			if (this.ids.put(all.get(id), id) != null) {
				throw new InvalidFieldException("tokens", "holds '" + all.get(id) + "' twice");
			}
		}
	}

	/** Which special tokens a vocabulary has. */
	@JsonProperty("kind")
	public Kind kind() {
		return this.kind;
	}

	/** Its tokens without the special ones, in the order of their ids. */
	@JsonProperty("tokens")
	public List<String> tokens() {
		return this.tokens.subList(this.kind.special.size(), this.tokens.size());
	}

	/** Number of tokens, the special ones among them; ids are below it. */
	public int size() {
		return this.tokens.size();
	}

	/** Whether it knows a token; special tokens are not for texts to use. */
	public boolean contains(String token) {
		return this.ids.containsKey(token);
	}

	/**
	 * The id of a token, or that of the unknown token.
	 * @throws IllegalArgumentException when it lacks the token and is closed
	 */
	public int id(String token) {
		Integer id = this.ids.get(token);
		return (id != null) ? id : unknown(token);
	}

	/** The token of an id. */
	public String token(int id) {
		return this.tokens.get(id);
	}

	/** The ids of tokens. */
	public int[] encode(List<String> tokens) {
		int[] ids = new int[tokens.size()];
		for (int i = 0; i < ids.length; i++) {
			ids[i] = id(tokens.get(i));
		}
		return ids;
	}

	/** The tokens of ids; start and end are left out. */
	public List<String> decode(int[] ids) {
		List<String> tokens = new ArrayList<>(ids.length);
		for (int id : ids) {
			if (id >= this.kind.special.size() || token(id).equals(UNKNOWN)) {
				tokens.add(token(id));
			}
		}
		return tokens;
	}

	/** The id of the unknown token: 0, unless the vocabulary is closed. */
	public int unknown() {
		return special(UNKNOWN);
	}

	/** The id of the start token: 1, if the vocabulary is marked. */
	public int start() {
		return special(START);
	}

	/** The id of the end token: 2, if the vocabulary is marked; 1, if it is ended. */
	public int end() {
		return special(END);
	}

	/** The id of the end token, or -1 where there is none. */
	public int endOrNone() {
		return this.kind.special.indexOf(END);
	}

	private int unknown(String token) {
		if (this.kind == Kind.CLOSED) {
			throw new IllegalArgumentException("the vocabulary is closed and has no '" + token + "'");
		}
		return unknown();
	}

	private int special(String token) {
		int id = this.kind.special.indexOf(token);
		if (id < 0) {
			throw new IllegalStateException("a vocabulary that is " + this.kind.id() + " has no " + token);
		}
		return id;
	}

	@Override
	public boolean equals(@Nullable Object other) {
		return other instanceof Vocabulary that && this.kind == that.kind && this.tokens.equals(that.tokens);
	}

	@Override
	public int hashCode() {
		return this.tokens.hashCode();
	}

	@Override
	public String toString() {
		return this.kind.id() + " vocabulary of " + size() + " tokens";
	}

	/** Which special tokens a vocabulary has. */
	public enum Kind {

		/** None: it knows every token that there is, as with the labels of classes. */
		CLOSED(List.of()),

		/** {@code <unk>} is 0. */
		OPEN(List.of(UNKNOWN)),

		/** {@code <unk>} is 0, {@code <s>} is 1, {@code </s>} is 2. */
		MARKED(List.of(UNKNOWN, START, END)),

		/** {@code <unk>} is 0, {@code </s>} is 1, which stands between texts. */
		ENDED(List.of(UNKNOWN, END));

		private final List<String> special;

		Kind(List<String> special) {
			this.special = special;
		}

		/** Number of its special tokens. */
		public int size() {
			return this.special.size();
		}

		/** The kind's name in JSON. */
		@JsonValue
		public String id() {
			return name().toLowerCase(Locale.ROOT);
		}

	}

	/** Counts tokens for a vocabulary. Not thread-safe. */
	public static final class Counter {

		private static final Set<String> SPECIAL = Set.of(UNKNOWN, START, END);

		private final Map<String, int[]> counts = new HashMap<>();

		/** Counts a token once more. */
		public Counter add(String token) {
			return add(token, 1);
		}

		/** Counts a token so many times more. */
		public Counter add(String token, int times) {
			this.counts.computeIfAbsent(token, (key) -> new int[1])[0] += times;
			return this;
		}

		/** Counts tokens once more each. */
		public Counter addAll(Iterable<String> tokens) {
			tokens.forEach(this::add);
			return this;
		}

		/** Number of different tokens so far. */
		public int size() {
			return this.counts.size();
		}

		/** A vocabulary of every token. */
		public Vocabulary vocabulary(Kind kind) {
			return vocabulary(kind, 1, Integer.MAX_VALUE);
		}

		/**
		 * A vocabulary of the most frequent tokens; among equally frequent ones, of those
		 * that come first in the order of {@link String#compareTo}.
		 * @param minCount how often a token must have been counted
		 * @param maxSize how many tokens it may have, the special ones among them
		 */
		public Vocabulary vocabulary(Kind kind, int minCount, int maxSize) {
			Stream<Map.Entry<String, int[]>> entries = this.counts.entrySet().stream();
			if (kind != Kind.CLOSED) {
				// a token that is spelt like a special one is unknown, not special
				entries = entries.filter((entry) -> !SPECIAL.contains(entry.getKey()));
			}
			return new Vocabulary(kind,
					entries.filter((entry) -> entry.getValue()[0] >= minCount)
						.sorted(Comparator.comparingInt((Map.Entry<String, int[]> entry) -> -entry.getValue()[0])
							.thenComparing(Map.Entry::getKey))
						.limit(Math.max(0, maxSize - kind.special.size()))
						.map(Map.Entry::getKey)
						.toList());
		}

	}

}
