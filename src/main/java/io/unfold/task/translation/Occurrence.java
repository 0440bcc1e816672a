package io.unfold.task.translation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.unfold.data.Tokenizer;

/**
 * Where a term of a glossary is in a text.
 *
 * @param target the prescribed translation
 * @param from its first token
 * @param to the token after its last
 */
record Occurrence(String target, int from, int to) {

	/**
	 * Finds terms in texts: whole words, in upper or lower case, the longest where
	 * several begin at one place, and none within another.
	 */
	static final class Finder {

		private final Tokenizer tokenizer;

		/** By their first characters in lower case; the longest first. */
		private final Map<Integer, List<Glossary.Term>> terms = new HashMap<>();

		Finder(Tokenizer tokenizer, Glossary glossary) {
			this.tokenizer = tokenizer;
			for (Glossary.Term term : glossary.terms()) {
				String spelled = Spelling.of(tokenizer, term.source());
				this.terms.computeIfAbsent(Character.toLowerCase(spelled.codePointAt(0)), (key) -> new ArrayList<>())
					.add(new Glossary.Term(spelled, term.target()));
			}
			this.terms.values()
				.forEach((some) -> some
					.sort(Comparator.comparingInt((Glossary.Term term) -> term.source().length()).reversed()));
		}

		List<Occurrence> in(List<String> tokens) {
			List<Occurrence> found = new ArrayList<>();
			if (this.terms.isEmpty()) {
				return found;
			}
			Spelling spelling = Spelling.of(this.tokenizer, tokens);
			BitSet edges = spelling.edges();
			int free = 0;
			for (int i = 0; i < tokens.size(); i++) {
				// a subword, or a character, may begin within a token only where a word
				// does
				for (int at = Math.max(free, spelling.starts()[i]); at < spelling.ends()[i]; at++) {
					int end = edges.get(at) ? at + longest(spelling, edges, at) : at;
					if (end > at) {
						int to = i;
						while (to < tokens.size() && spelling.starts()[to] < end) {
							to++;
						}
						found.add(new Occurrence(target(spelling, at, end), i, to));
						free = end;
						at = end - 1;
					}
				}
			}
			return found;
		}

		private int longest(Spelling spelling, BitSet edges, int at) {
			return candidates(spelling, at).stream()
				.map(Glossary.Term::source)
				.filter((source) -> spelling.text().regionMatches(true, at, source, 0, source.length())
						&& edges.get(at + source.length()))
				.mapToInt(String::length)
				.findFirst()
				.orElse(0);
		}

		/**
		 * Among those that differ by case alone, the one that is spelled as in the text.
		 */
		private String target(Spelling spelling, int from, int to) {
			String text = spelling.text().substring(from, to);
			List<Glossary.Term> terms = candidates(spelling, from).stream()
				.filter((term) -> term.source().equalsIgnoreCase(text))
				.toList();
			return terms.stream()
				.filter((term) -> term.source().equals(text))
				.findFirst()
				.orElse(terms.get(0))
				.target();
		}

		private List<Glossary.Term> candidates(Spelling spelling, int at) {
			return this.terms.getOrDefault(Character.toLowerCase(spelling.text().codePointAt(at)), List.of());
		}

	}

}
