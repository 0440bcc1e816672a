package io.unfold.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What the records of a dataset are split by, in their order.
 *
 * @param entities what each is of; empty where that does not matter
 * @param times when each was; empty where their order tells
 */
record SplitKeys(List<String> entities, List<Time> times) {

	static final SplitKeys NONE = new SplitKeys(List.of(), List.of());

	/**
	 * Reads the fields that records are split by.
	 * @throws InvalidRequestException with lines of records that have none
	 */
	static SplitKeys read(DataSource data, HeldOut how) {
		if (how.by() == null && how.orderBy() == null) {
			return NONE;
		}
		List<String> entities = new ArrayList<>();
		List<Time> times = new ArrayList<>();
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> faults.check(record.line(), () -> {
				if (how.by() != null) {
					entities.add(text(record, how.by(), "by"));
				}
				if (how.orderBy() != null) {
					times.add(time(record, how.orderBy(), times.isEmpty() ? null : times.get(0)));
				}
			}));
		}
		faults.throwIfAny();
		return new SplitKeys(entities, times);
	}

	private static JsonNode value(DataRecord record, String field, String asked) {
		JsonNode value = record.fields().get(field);
		if (value == null || value.isNull()) {
			throw new InvalidRequestException("/" + field,
					"is missing, and the examples are held out " + (asked.equals("by") ? "by it" : "in its order"));
		}
		return value;
	}

	private static String text(DataRecord record, String field, String asked) {
		JsonNode value = value(record, field, asked);
		return value.isContainer() ? value.toString() : value.asString();
	}

	private static Time time(DataRecord record, String field, @Nullable Time first) {
		JsonNode value = value(record, field, "orderBy");
		Time time = value.isNumber() ? new Time(value.doubleValue(), "")
				: new Time(Double.NaN, text(record, field, "orderBy"));
		if (first != null && first.isNumber() != time.isNumber()) {
			throw new InvalidRequestException("/" + field,
					first.isNumber() ? "must be a number, as in the examples before, to be brought into order"
							: "must be a text, as in the examples before, to be brought into order");
		}
		return time;
	}

	/**
	 * A number, or a text that is compared character by character.
	 *
	 * @param number not a number where it is a text
	 */
	record Time(double number, String text) implements Comparable<Time> {

		private static final Comparator<Time> ORDER = Comparator.comparingDouble(Time::number)
			.thenComparing(Time::text);

		boolean isNumber() {
			return !Double.isNaN(this.number);
		}

		@Override
		public int compareTo(Time other) {
			return ORDER.compare(this, other);
		}

	}

}
