package io.unfold.task;

/**
 * The parts of a series: consecutive steps each.
 *
 * @param training the first steps
 */
public record Spans(Span training, Span validation, Span test) {

	/**
	 * Parts of a series whose last steps are held out, the test after the validation
	 * part, before steps that are held out for their own sake.
	 * @param steps of which shares are held out
	 * @param validation share of them
	 * @param test the same
	 * @param validations steps after those that are held out for validation
	 * @param tests steps after those that are held out for the evaluation
	 */
	static Spans of(int steps, double validation, double test, int validations, int tests) {
		int testing = share(steps, test);
		int validating = share(steps, validation);
		int first = Math.max(0, steps - testing - validating);
		int last = Math.max(first, steps - testing);
		int end = steps + validations;
		// of each part a share is held out or steps of its own, never both
		return new Spans(new Span(0, first), (validations > 0) ? new Span(steps, end) : new Span(first, last),
				(tests > 0) ? new Span(end, end + tests) : new Span(last, steps));
	}

	private static int share(int steps, double share) {
		return (steps < 2 || share <= 0) ? 0 : Math.max(1, (int) Math.round(steps * share));
	}

	/**
	 * Consecutive steps of a series.
	 *
	 * @param to the step behind the last
	 */
	public record Span(int from, int to) {

		public int length() {
			return this.to - this.from;
		}

	}

}
