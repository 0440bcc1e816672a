package io.unfold.task.tagging;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A run of steps that are one thing together, as tags of the IOB2 scheme mark it: its
 * first step is tagged {@code B-type}, its others {@code I-type}, and steps of no span
 * {@code O} (Ramshaw and Marcus 1995, cmp-lg/9505040, in the form of the CoNLL tasks).
 *
 * @param type what it is, as in "city"
 * @param from its first step
 * @param to the step after its last
 */
record Span(String type, int from, int to) {

	private static final String OUTSIDE = "O";

	private static final String BEGIN = "B-";

	private static final String INSIDE = "I-";

	/** Whether tags are of that scheme, and mark any span at all. */
	static boolean areMarkedBy(Collection<String> tags) {
		return tags.stream().allMatch((tag) -> tag.equals(OUTSIDE) || isPartOfSpan(tag))
				&& tags.stream().anyMatch(Span::isPartOfSpan);
	}

	/**
	 * The spans of a sequence, in order, as CoNLL's conlleval finds them: an {@code I-}
	 * that follows no span, or one of another type, begins a span.
	 */
	static List<Span> of(List<String> tags) {
		List<Span> spans = new ArrayList<>();
		int from = -1;
		String type = "";
		for (int t = 0; t < tags.size(); t++) {
			String tag = tags.get(t);
			boolean goesOn = from >= 0 && tag.startsWith(INSIDE) && type(tag).equals(type);
			if (from >= 0 && !goesOn) {
				spans.add(new Span(type, from, t));
				from = -1;
			}
			if (isPartOfSpan(tag) && !goesOn) {
				from = t;
				type = type(tag);
			}
		}
		if (from >= 0) {
			spans.add(new Span(type, from, tags.size()));
		}
		return spans;
	}

	private static boolean isPartOfSpan(String tag) {
		return tag.startsWith(BEGIN) || tag.startsWith(INSIDE);
	}

	private static String type(String tag) {
		return tag.substring(BEGIN.length());
	}

}
