package io.unfold.data;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997, "Long short-term memory",
 * experiment 4), in a form with plain markers: each step has a value from 0 to 1 and a
 * marker, which is 1 at two steps and 0 at all others; the target is the sum of the two
 * marked values. Nothing but those two is to be remembered, over any distance.
 */
final class AddingProblem {

	private static final int MIN_LENGTH = 20;

	private static final int MAX_LENGTH = 40;

	private AddingProblem() {
	}

	/** Examples as JSONL. */
	static String jsonl(long seed, int count) {
		Noise noise = new Noise(seed);
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < count; i++) {
			append(lines, noise);
		}
		return lines.toString();
	}

	private static void append(StringBuilder lines, Noise noise) {
		int length = MIN_LENGTH + noise.below(MAX_LENGTH - MIN_LENGTH + 1);
		int first = noise.below(length);
		int second = (first + 1 + noise.below(length - 1)) % length;
		int sum = 0;
		lines.append("{\"sequence\":[");
		for (int t = 0; t < length; t++) {
			int thousandths = noise.below(1000);
			boolean marked = t == first || t == second;
			sum += marked ? thousandths : 0;
			lines.append((t > 0) ? ",[" : "[");
			append(lines, thousandths).append(marked ? ",1]" : ",0]");
		}
		append(lines.append("],\"target\":"), sum).append("}\n");
	}

	/** A number of three decimals, written the same under every locale. */
	private static StringBuilder append(StringBuilder line, int thousandths) {
		line.append(thousandths / 1000).append('.');
		return line.append(thousandths / 100 % 10).append(thousandths / 10 % 10).append(thousandths % 10);
	}

}
