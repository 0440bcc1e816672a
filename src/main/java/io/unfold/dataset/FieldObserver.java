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

	private int longest = -1;

	private int shortest = Integer.MAX_VALUE;

	private long lengths;

	private int measured;

	void observe(JsonNode value) {
		if (value.isNull()) {
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

	private void measure(int length) {
		this.longest = Math.max(this.longest, length);
		this.shortest = Math.min(this.shortest, length);
		this.lengths += length;
		this.measured++;
	}

	FieldSummary summary(String name, int records) {
		String type = (this.kinds.size() == 1) ? this.kinds.iterator().next().name().toLowerCase(Locale.ROOT) : "mixed";
		return new FieldSummary(name, type, this.present, records - this.present, this.min, this.max,
				(this.measured > 0) ? this.longest : null, (this.measured > 0) ? this.shortest : null,
				(this.measured > 0) ? (double) this.lengths / this.measured : null);
	}

	private enum Kind {

		NUMBER, STRING, ARRAY, OBJECT, BOOLEAN

	}

}
