package io.unfold.data;

/**
 * Where two texts that were once aligned line by line went apart, by the lengths of their
 * lines: long sentences have long translations (Gale and Church 1993, "A program for
 * aligning sentences in bilingual corpora").
 */
final class Shift {

	/** Fewer lines show nothing. */
	private static final int FEWEST = 4;

	private Shift() {
	}

	/**
	 * The line, from 0, from which on the longer text is ahead by what it has more; the
	 * one for which lengths before it, as they stand, and behind it, moved, fit best.
	 * Negative where the texts are too short to tell.
	 * @param a lengths of a text's lines
	 * @param b lengths of the other's
	 */
	static int of(int[] a, int[] b) {
		int[] longer = (a.length > b.length) ? a : b;
		int[] shorter = (a.length > b.length) ? b : a;
		int more = longer.length - shorter.length;
		if (shorter.length < FEWEST) {
			return -1;
		}
		double ratio = Math.log((1.0 + sum(longer)) / (1.0 + sum(shorter)));
		double cost = 0;
		for (int i = 0; i < shorter.length; i++) {
			cost += misfit(longer[i + more], shorter[i], ratio);
		}
		double least = cost;
		int best = 0;
		for (int i = 0; i < shorter.length; i++) {
			cost += misfit(longer[i], shorter[i], ratio) - misfit(longer[i + more], shorter[i], ratio);
			if (cost < least) {
				least = cost;
				best = i + 1;
			}
		}
		return best;
	}

	private static double misfit(int longer, int shorter, double ratio) {
		return Math.abs(Math.log((1.0 + longer) / (1.0 + shorter)) - ratio);
	}

	private static long sum(int[] lengths) {
		long sum = 0;
		for (int length : lengths) {
			sum += length;
		}
		return sum;
	}

}
