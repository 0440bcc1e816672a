package io.unfold.learning;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Tasks of remembering symbols. Where a step asks for one its tag is {@code B-} and the
 * symbol, elsewhere it is {@code O}: each symbol is a span of its own, so that recall is
 * the share of the symbols that are answered rightly.
 */
final class Symbols {

	private static final String BLANK = "-";

	private static final String GO = "go";

	private Symbols() {
	}

	/**
	 * The copy task (Hochreiter and Schmidhuber 1997; in this form Arjovsky et al. 2016,
	 * arXiv:1511.06464): symbols, a gap of blanks, a sign to begin, at which and at the
	 * blanks after which the symbols are to be said in order.
	 */
	static Stream<Example.Tagged> copy(long seed, int count, int alphabet, int symbols, int gap) {
		SplittableRandom random = new SplittableRandom(seed);
		return Stream.generate(() -> {
			List<String> sequence = new ArrayList<>();
			List<String> tags = new ArrayList<>(Collections.nCopies(symbols + gap, "O"));
			for (int i = 0; i < symbols; i++) {
				String symbol = symbol(random, alphabet);
				sequence.add(symbol);
				tags.add("B-" + symbol);
			}
			sequence.addAll(Collections.nCopies(gap, BLANK));
			sequence.add(GO);
			sequence.addAll(Collections.nCopies(symbols - 1, BLANK));
			return new Example.Tagged(sequence, tags);
		}).limit(count);
	}

	/** At each step the symbol of so many steps ago. */
	static Stream<Example.Tagged> echo(long seed, int count, int alphabet, int lag, int steps) {
		SplittableRandom random = new SplittableRandom(seed);
		return Stream.generate(() -> {
			List<String> sequence = Stream.generate(() -> symbol(random, alphabet)).limit(steps).toList();
			List<String> tags = new ArrayList<>(Collections.nCopies(lag, "O"));
			sequence.subList(0, steps - lag).forEach((symbol) -> tags.add("B-" + symbol));
			return new Example.Tagged(sequence, tags);
		}).limit(count);
	}

	private static String symbol(SplittableRandom random, int alphabet) {
		return String.valueOf((char) ('a' + random.nextInt(alphabet)));
	}

}
