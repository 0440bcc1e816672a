package io.unfold.task.translation;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;

import io.unfold.data.Tokenizer;

/**
 * The text that tokens spell, and where each of them is in it.
 *
 * @param text blanks are single spaces
 * @param starts the first character of each token that is no space
 * @param ends the character after the last of each token
 */
record Spelling(String text, int[] starts, int[] ends) {

	/** Scripts that do not write spaces between words. */
	private static final Set<Character.UnicodeScript> SPACELESS = Set.of(Character.UnicodeScript.HAN,
			Character.UnicodeScript.HIRAGANA, Character.UnicodeScript.KATAKANA, Character.UnicodeScript.THAI,
			Character.UnicodeScript.LAO, Character.UnicodeScript.KHMER, Character.UnicodeScript.MYANMAR);

	static Spelling of(Tokenizer tokenizer, List<String> tokens) {
		StringBuilder text = new StringBuilder();
		int[] starts = new int[tokens.size()];
		int[] ends = new int[starts.length];
		for (int i = 0; i < starts.length; i++) {
			text.append((Tokenizer.WORDS.equals(tokenizer) && i > 0) ? " " : "");
			starts[i] = text.length();
			text.append(tokens.get(i));
			ends[i] = text.length();
			if (ends[i] > starts[i] + 1 && text.charAt(starts[i]) == ' ') {
				starts[i]++;
			}
		}
		return new Spelling(text.toString(), starts, ends);
	}

	/** A text spelled as its tokens would be. */
	static String of(Tokenizer tokenizer, String text) {
		return (Tokenizer.WORDS.equals(tokenizer)) ? String.join(" ", tokenizer.split(text))
				: String.join("", Tokenizer.CHARACTERS.split(text));
	}

	/** Whether a character goes on with the word of such a one before it. */
	static boolean joins(int c) {
		return Character.isLetterOrDigit(c) && !isSpaceless(c);
	}

	private static boolean isSpaceless(int c) {
		return SPACELESS.contains(Character.UnicodeScript.of(c));
	}

	/** Where words, or marks, begin or end. */
	BitSet edges() {
		BitSet edges = new BitSet();
		edges.set(0, this.text.length() + 1);
		int end = 0;
		for (String word : Tokenizer.WORDS.split(this.text)) {
			int from = this.text.indexOf(word, end);
			end = from + word.length();
			for (int at = from + 1; at < end; at++) {
				edges.set(at, isSpaceless(this.text.codePointBefore(at)) || isSpaceless(this.text.codePointAt(at)));
			}
		}
		return edges;
	}

	/**
	 * The tokens of each word, [from, to): words as they are where tokens are words,
	 * unless a token belongs to several.
	 */
	List<int[]> words() {
		List<int[]> words = new ArrayList<>();
		List<String> split = Tokenizer.WORDS.split(this.text);
		int word = -1;
		int end = 0;
		for (int i = 0; i < this.starts.length; i++) {
			if (word < 0 || this.starts[i] >= end) {
				words.add(new int[] { i, i });
			}
			words.get(words.size() - 1)[1] = i + 1;
			while (end < this.ends[i] && word + 1 < split.size()) {
				word++;
				end = this.text.indexOf(split.get(word), end) + split.get(word).length();
			}
		}
		return words;
	}

}
