package io.unfold.data;

import java.util.ArrayList;
import java.util.List;

/** Splitting text into words and marks, and setting them again. */
final class Words {

	/** Stay in a word between letters or digits. */
	private static final String WITHIN_WORD = "'\u2019-._@";

	/** Stay in a number between digits. */
	private static final String WITHIN_NUMBER = ",:/";

	private static final String NO_SPACE_BEFORE = ",.;:!?)]}%\u2026\u201d\u2019\u00bb";

	private static final String NO_SPACE_AFTER = "([{\u201c\u2018\u00ab\u00bf\u00a1";

	private Words() {
	}

	static List<String> split(String text) {
		int[] c = text.codePoints().toArray();
		List<String> tokens = new ArrayList<>();
		int begin = 0;
		for (int i = 0; i < c.length; i++) {
			if (Tokenizer.isBlank(c[i])) {
				add(tokens, c, begin, i);
				begin = i + 1;
			}
			else if (!isWithinWord(c, begin, i)) {
				add(tokens, c, begin, i);
				int end = i + 1;
				// what combines with the mark belongs to it
				while (end < c.length && isCombining(c[end])) {
					end++;
				}
				add(tokens, c, i, end);
				begin = end;
				i = end - 1;
			}
		}
		add(tokens, c, begin, c.length);
		return tokens;
	}

	private static void add(List<String> tokens, int[] c, int begin, int end) {
		if (end > begin) {
			tokens.add(new String(c, begin, end - begin));
		}
	}

	private static boolean isWithinWord(int[] c, int begin, int i) {
		if (isLetter(c[i])) {
			return true;
		}
		if (i + 1 == c.length) {
			return false;
		}
		if (i == begin) {
			boolean atStart = i == 0 || Tokenizer.isBlank(c[i - 1]);
			return atStart && (c[i] == '-' || c[i] == '+') && Character.isDigit(c[i + 1]);
		}
		if (WITHIN_WORD.indexOf(c[i]) >= 0) {
			return isLetter(c[i - 1]) && isLetter(c[i + 1]);
		}
		return WITHIN_NUMBER.indexOf(c[i]) >= 0 && Character.isDigit(c[i - 1]) && Character.isDigit(c[i + 1]);
	}

	private static boolean isLetter(int c) {
		return Character.isLetterOrDigit(c) || isCombining(c);
	}

	private static boolean isCombining(int c) {
		return switch (Character.getType(c)) {
			case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK,
					Character.FORMAT, Character.MODIFIER_SYMBOL ->
				c > 127;
			default -> false;
		};
	}

	static String join(List<String> tokens) {
		StringBuilder text = new StringBuilder();
		// straight quotes open and close in turn; an odd apostrophe only closes
		boolean apostrophesPair = tokens.stream().filter("'"::equals).count() % 2 == 0;
		boolean inQuotes = false;
		boolean inApostrophes = false;
		boolean glue = true;
		for (int i = 0; i < tokens.size(); i++) {
			String token = tokens.get(i);
			boolean opens = isOneOf(NO_SPACE_AFTER, token) || isCurrencyBeforeAmount(tokens, i);
			boolean closes = isOneOf(NO_SPACE_BEFORE, token);
			if (token.equals("\"")) {
				closes = inQuotes;
				opens = !inQuotes;
				inQuotes = !inQuotes;
			}
			else if (token.equals("'")) {
				closes = inApostrophes || !apostrophesPair;
				opens = !closes;
				inApostrophes = apostrophesPair && !inApostrophes;
			}
			if (!glue && !closes) {
				text.append(' ');
			}
			text.append(token);
			glue = opens;
		}
		return text.toString();
	}

	private static boolean isCurrencyBeforeAmount(List<String> tokens, int i) {
		return Character.getType(tokens.get(i).codePointAt(0)) == Character.CURRENCY_SYMBOL
				&& startsWithDigit(tokens, i + 1) && !startsWithDigit(tokens, i - 1);
	}

	private static boolean startsWithDigit(List<String> tokens, int i) {
		return i >= 0 && i < tokens.size() && Character.isDigit(tokens.get(i).codePointAt(0));
	}

	private static boolean isOneOf(String marks, String token) {
		return token.length() == 1 && marks.contains(token);
	}

}
