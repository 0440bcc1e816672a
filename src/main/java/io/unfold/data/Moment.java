package io.unfold.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;
import java.util.function.Function;

import io.unfold.problem.InvalidRequestException;
import tools.jackson.databind.JsonNode;

/**
 * The time of a row: a date, or a number.
 *
 * @param at seconds since 1970 (in UTC where the time tells its offset), or the number
 * @param date whether it is a date
 */
public record Moment(double at, boolean date) {

	/** ISO 8601, from the shortest; a blank may stand for the T. */
	private static final List<Function<String, LocalDateTime>> FORMS = List.of(
			(text) -> YearMonth.parse(text).atDay(1).atStartOfDay(), (text) -> LocalDate.parse(text).atStartOfDay(),
			LocalDateTime::parse,
			(text) -> OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime());

	/**
	 * The moment that a field holds; throws {@link InvalidRequestException} where it
	 * holds none.
	 */
	public static Moment parse(JsonNode field) {
		if (field.isNumber() && Double.isFinite(field.numberValue().doubleValue())) {
			return new Moment(field.numberValue().doubleValue(), false);
		}
		if (field.isString()) {
			String text = field.stringValue().strip().replaceFirst("(?<=\\d) (?=\\d)", "T");
			for (Function<String, LocalDateTime> form : FORMS) {
				try {
					return of(form.apply(text));
				}
				catch (DateTimeException ex) {
					// perhaps the next form
				}
			}
		}
		throw new InvalidRequestException("", "must be a time as 2024-05, 2024-05-31 or 2024-05-31T18:00 (ISO 8601),"
				+ " or a number" + (field.isValueNode() ? ", but is '" + field.asString() + "'" : ""));
	}

	static Moment of(LocalDateTime time) {
		return new Moment(time.toEpochSecond(ZoneOffset.UTC) + time.getNano() / 1e9, true);
	}

	/** As a date; to the microsecond. */
	LocalDateTime time() {
		double seconds = Math.floor(this.at);
		return LocalDateTime.ofEpochSecond((long) seconds, 1000 * (int) Math.floor((this.at - seconds) * 1e6),
				ZoneOffset.UTC);
	}

	/** As it would be sent. */
	@Override
	public String toString() {
		if (!this.date) {
			return (this.at == Math.rint(this.at) && Math.abs(this.at) < 1e15) ? Long.toString((long) this.at)
					: Double.toString(this.at);
		}
		LocalDateTime time = time();
		return (time.toLocalTime().toNanoOfDay() == 0) ? time.toLocalDate().toString() : time.toString();
	}

}
