package io.unfold.task.generation;

import java.util.List;

/**
 * Looks for stop strings in a text that comes piece by piece, and holds back what may be
 * the beginning of one.
 */
final class StopStrings {

	private final List<String> stops;

	private final StringBuilder held = new StringBuilder();

	private boolean found;

	/**
	 * @param stops none of them empty
	 */
	StopStrings(List<String> stops) {
		this.stops = stops;
	}

	/**
	 * Takes the next piece of the text.
	 * @return what can be shown now: all that cannot belong to a stop string, and lies
	 * before the first that is found
	 */
	String accept(String piece) {
		this.held.append(piece);
		int end = this.held.length();
		for (String stop : this.stops) {
			int at = this.held.indexOf(stop);
			if (at >= 0) {
				this.found = true;
				end = Math.min(end, at);
			}
		}
		if (this.found) {
			return this.held.substring(0, end);
		}
		int shown = 0;
		while (shown < end && isClear(shown)) {
			shown++;
		}
		return show(shown);
	}

	private String show(int length) {
		String text = this.held.substring(0, length);
		this.held.delete(0, length);
		return text;
	}

	/** Whether what is held from there on cannot become a stop string. */
	private boolean isClear(int from) {
		String rest = this.held.substring(from);
		return this.stops.stream().noneMatch((stop) -> stop.startsWith(rest));
	}

	/** Whether there was a stop string. */
	boolean found() {
		return this.found;
	}

	/** What is held back, when no more is to come. */
	String rest() {
		return this.found ? "" : show(this.held.length());
	}

}
