package io.unfold.data;

import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;

/**
 * What a calendar says of a time, as a point on a circle, so that December is as near to
 * January as to November: the sine and the cosine of 2 pi times the share of the circle.
 */
public enum CalendarFeature {

	MONTH("month") {
		@Override
		double share(LocalDateTime time) {
			return (time.getMonthValue() - 1) / 12.0;
		}
	},

	DAY_OF_YEAR("dayOfYear") {
		@Override
		double share(LocalDateTime time) {
			return (time.getDayOfYear() - 1) / 365.25;
		}
	},

	DAY_OF_MONTH("dayOfMonth") {
		@Override
		double share(LocalDateTime time) {
			return (time.getDayOfMonth() - 1) / (double) time.toLocalDate().lengthOfMonth();
		}
	},

	DAY_OF_WEEK("dayOfWeek") {
		@Override
		double share(LocalDateTime time) {
			return (time.getDayOfWeek().getValue() - 1) / 7.0;
		}
	},

	HOUR("hour") {
		@Override
		double share(LocalDateTime time) {
			return time.toLocalTime().toSecondOfDay() / 86_400.0;
		}
	};

	/** Numbers that a feature is. */
	public static final int SIZE = 2;

	private static final double TURN = 2 * StrictMath.PI;

	private final String id;

	CalendarFeature(String id) {
		this.id = id;
	}

	abstract double share(LocalDateTime time);

	/**
	 * Writes the feature of a date.
	 * @param row receives its numbers, from {@code index} on
	 */
	public void write(Moment date, double[] row, int index) {
		double angle = TURN * share(date.time());
		row[index] = StrictMath.sin(angle);
		row[index + 1] = StrictMath.cos(angle);
	}

	/** The feature's name in the API: as in dayOfYear. */
	@JsonValue
	public String id() {
		return this.id;
	}

	/** The feature of that name. */
	@JsonCreator
	public static CalendarFeature of(String id) {
		for (CalendarFeature feature : values()) {
			if (feature.id.equals(id)) {
				return feature;
			}
		}
		throw new InvalidFieldException("calendar",
				"must be some of " + Arrays.stream(values()).map(CalendarFeature::id).collect(Collectors.joining(", "))
						+ ", but is '" + id + "'");
	}

}
