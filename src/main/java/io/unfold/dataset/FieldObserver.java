package io.unfold.dataset;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What is seen of one field while the records go by. */
final class FieldObserver {

	private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);

	private int present;

	private @Nullable Double min;

	private @Nullable Double max;

	private long longest = -1;

	private long shortest = Long.MAX_VALUE;

	private long lengths;

	private int measured;

	/** Of the value that may go on. */
	private long length = -1;

	/**
	 * @param continued whether it goes on with the value before
	 */
	void observe(JsonNode value, boolean continued) {
		if (value.isNull()) {
			return;
		}
		if (continued) {
			this.length += value.stringValue().length();
			return;
		}
		this.present++;
		if (value.isNumber()) {
			this.kinds.add(Kind.NUMBER);
			double number = value.numberValue().doubleValue();
			this.min = (this.min != null) ? Math.min(this.min, number) : number;
			this.max = (this.max != null) ? Math.max(this.max, number) : number;
		}
		else if (value.isString()) {
			this.kinds.add(Kind.STRING);
			measure(value.stringValue().length());
		}
		else if (value.isArray()) {
			this.kinds.add(Kind.ARRAY);
			measure(value.size());
		}
		else {
			this.kinds.add(value.isBoolean() ? Kind.BOOLEAN : Kind.OBJECT);
		}
	}

	/** Takes down the length of the value before, of which no more can come. */
	private void measure(int length) {
		takeDown();
		this.length = length;
	}

	private void takeDown() {
		if (this.length < 0) {
			return;
		}
		this.longest = Math.max(this.longest, this.length);
		this.shortest = Math.min(this.shortest, this.length);
		this.lengths += this.length;
		this.measured++;
	}

	FieldSummary summary(String name, int records) {
		takeDown();
		String type = (this.kinds.size() == 1) ? this.kinds.iterator().next().name().toLowerCase(Locale.ROOT) : "mixed";
		return new FieldSummary(name, type, this.present, records - this.present, this.min, this.max,
				(this.measured > 0) ? this.longest : null, (this.measured > 0) ? this.shortest : null,
				(this.measured > 0) ? (double) this.lengths / this.measured : null);
	}

	private enum Kind {

		NUMBER, STRING, ARRAY, OBJECT, BOOLEAN

	}

}
