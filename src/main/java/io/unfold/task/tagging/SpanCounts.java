package io.unfold.task.tagging;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Spans found, as CoNLL's conlleval counts them: a span is right when its type and both
 * its ends are. Precision is the share of the answered spans that are right, recall the
 * share of the true ones that are found, F1 = 2 right / (answered + true); each is 0
 * where there is nothing to take a share of. Not thread-safe.
 */
final class SpanCounts {

	/** With more types than this, only the figures over all of them are given. */
	private static final int MOST_TYPES = 20;

	private final Count all = new Count();

	private final Map<String, Count> byType = new TreeMap<>();

	/** Takes in a sequence: the true tags of its steps, and those that were answered. */
	void add(List<String> truth, List<String> answer) {
		Set<Span> right = new HashSet<>(Span.of(truth));
		for (Span span : right) {
			this.all.truth++;
			ofType(span).truth++;
		}
		for (Span span : Span.of(answer)) {
			this.all.answered++;
			ofType(span).answered++;
			if (right.contains(span)) {
				this.all.right++;
				ofType(span).right++;
			}
		}
	}

	private Count ofType(Span span) {
		return this.byType.computeIfAbsent(span.type(), (type) -> new Count());
	}

	/** Whether there was any true span. */
	boolean any() {
		return this.all.truth > 0;
	}

	/** F1 over the spans of all types. */
	double f1() {
		return this.all.f1();
	}

	/** Precision, recall and F1 over all spans, and of each type where types are few. */
	Map<String, Double> metrics() {
		Map<String, Double> metrics = new LinkedHashMap<>();
		this.all.put("", metrics);
		if (this.byType.size() <= MOST_TYPES) {
			this.byType.forEach((type, count) -> count.put("." + type, metrics));
		}
		return metrics;
	}

	private static final class Count {

		private long truth;

		private long answered;

		private long right;

		private double f1() {
			return share(2 * this.right, this.answered + this.truth);
		}

		private void put(String suffix, Map<String, Double> metrics) {
			metrics.put("precision" + suffix, share(this.right, this.answered));
			metrics.put("recall" + suffix, share(this.right, this.truth));
			metrics.put("f1" + suffix, f1());
		}

		private static double share(long part, long whole) {
			return (whole == 0) ? 0 : (double) part / whole;
		}

	}

}
