package io.unfold.data;

import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a text that are words to a learner of subwords: runs of letters, of digits
 * and of other marks, each with the space before it, if there is one. What other blanks
 * there are is a chunk each. Put one after another, the chunks are the text.
 */
final class Chunks {

	/** Characters of a chunk at most, so that a text without blanks is no burden. */
	static final int LONGEST = 100;

	private enum Type {

		BLANK, LETTER, DIGIT, MARK

	}

	private Chunks() {
	}

	static List<String> split(String text) {
		int[] c = text.codePoints().toArray();
		List<String> chunks = new ArrayList<>();
		for (int begin = 0; begin < c.length;) {
			int end = begin + 1;
			Type type = type(c[begin]);
			if (c[begin] == ' ' && end < c.length && type(c[end]) != Type.BLANK) {
				type = type(c[end]);
				end++;
			}
			while (type != Type.BLANK && end < c.length && end - begin < LONGEST && continues(type, c[end])) {
				end++;
			}
			chunks.add(new String(c, begin, end - begin));
			begin = end;
		}
		return chunks;
	}

	private static boolean continues(Type type, int c) {
		return type(c) == type || isCombining(c);
	}

	private static Type type(int c) {
		if (Tokenizer.isBlank(c)) {
			return Type.BLANK;
		}
		if (Character.isLetter(c)) {
			return Type.LETTER;
		}
		return Character.isDigit(c) ? Type.DIGIT : Type.MARK;
	}

	private static boolean isCombining(int c) {
		return switch (Character.getType(c)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
			default -> false;
		};
	}

	/** The text without blanks at its ends, and with one space for every run of them. */
	static String collapsed(String text) {
		StringBuilder collapsed = new StringBuilder(text.length());
		boolean space = false;
		for (int i = 0; i < text.length();) {
			int c = text.codePointAt(i);
			i += Character.charCount(c);
			if (Tokenizer.isBlank(c)) {
				space = !collapsed.isEmpty();
			}
			else {
				if (space) {
					collapsed.append(' ');
					space = false;
				}
				collapsed.appendCodePoint(c);
			}
		}
		return collapsed.toString();
	}

}
