package io.unfold.data;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.format.SignStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.regex.Pattern;

import io.unfold.problem.InvalidRequestException;
import tools.jackson.databind.JsonNode;

/**
 * The time of a row: a date, or a number.
 *
 * @param at seconds since 1970 (in UTC where the time tells its offset), or the number
 * @param date whether it is a date
 */
public record Moment(double at, boolean date) {

	/** ISO 8601 down to the month, the day, the time or the offset. */
	private static final DateTimeFormatter FORMAT = new DateTimeFormatterBuilder().parseCaseInsensitive()
		.appendValue(ChronoField.YEAR, 4, 10, SignStyle.EXCEEDS_PAD)
		.appendLiteral('-')
		.appendValue(ChronoField.MONTH_OF_YEAR, 2)
		.optionalStart()
		.appendLiteral('-')
		.appendValue(ChronoField.DAY_OF_MONTH, 2)
		.optionalStart()
		.appendLiteral('T')
		.append(DateTimeFormatter.ISO_LOCAL_TIME)
		.optionalStart()
		.parseLenient()
		.appendOffsetId()
		.toFormatter(Locale.ROOT)
		.withResolverStyle(ResolverStyle.STRICT)
		.withChronology(IsoChronology.INSTANCE);

	/** A blank that stands for the T. */
	private static final Pattern BLANK = Pattern.compile("(?<=\\d) (?=\\d)");

	/**
	 * The moment that a field holds; throws {@link InvalidRequestException} where it
	 * holds none.
	 */
	public static Moment parse(JsonNode field) {
		if (field.isNumber() && Double.isFinite(field.numberValue().doubleValue())) {
			return new Moment(field.numberValue().doubleValue(), false);
		}
		if (field.isString()) {
			try {
				return parse(BLANK.matcher(field.stringValue().strip()).replaceFirst("T"));
			}
			catch (DateTimeException ex) {
				// told below, as what is no text
			}
		}
		throw new InvalidRequestException("", "must be a time as 2024-05, 2024-05-31 or 2024-05-31T18:00 (ISO 8601),"
				+ " or a number" + (field.isValueNode() ? ", but is '" + field.asString() + "'" : ""));
	}

	/**
	 * Asks the one format what it has found: to try several would make an exception or
	 * two of every row, which took most of the time of reading a series.
	 */
	private static Moment parse(String text) {
		TemporalAccessor parsed = FORMAT.parse(text);
		LocalDate date = parsed.query(TemporalQueries.localDate());
		LocalTime time = parsed.query(TemporalQueries.localTime());
		ZoneOffset offset = parsed.query(TemporalQueries.offset());
		LocalDateTime at = ((date != null) ? date : YearMonth.from(parsed).atDay(1))
			.atTime((time != null) ? time : LocalTime.MIDNIGHT);
		return of((offset != null) ? at.atOffset(offset).withOffsetSameInstant(ZoneOffset.UTC).toLocalDateTime() : at);
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
