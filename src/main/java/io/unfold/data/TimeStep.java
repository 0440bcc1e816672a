package io.unfold.data;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * The spacing of a series' times, as its rows tell it. The same record is its JSON.
 *
 * @param length of a step, in that unit
 */
public record TimeStep(Unit unit, double length) {

	static final double DAY = 86_400;

	/** How far from a whole number of steps a time may be, in steps. */
	private static final double TOLERANCE = 0.01;

	/** What steps are counted in. */
	public enum Unit {

		/** The unit of times that are numbers. */
		NUMBER,

		SECONDS,

		/** Days from Monday to Friday. */
		WEEKDAYS,

		/** Months, on the same day of each or on the last. */
		MONTHS

	}

	/**
	 * Steps from one time to another.
	 * @return 0 where the other is not later, or not a whole number of steps later
	 */
	public int between(Moment from, Moment to) {
		double steps = switch (this.unit) {
			case NUMBER, SECONDS -> (to.at() - from.at()) / this.length;
			case MONTHS -> months(from.time(), to.time()) / this.length;
			case WEEKDAYS -> weekdays(from.time(), to.time());
		};
		double whole = Math.rint(steps);
		return (Math.abs(steps - whole) <= TOLERANCE && whole >= 1) ? (int) Math.min(whole, Integer.MAX_VALUE) : 0;
	}

	/** The time some steps later. */
	public Moment plus(Moment from, int steps) {
		return switch (this.unit) {
			case NUMBER, SECONDS -> new Moment(from.at() + steps * this.length, from.date());
			case MONTHS -> Moment.of(from.time().plusMonths(Math.round(steps * this.length)));
			case WEEKDAYS -> {
				LocalDateTime time = from.time();
				for (int left = steps; left > 0; left--) {
					time = time.plusDays((time.getDayOfWeek() == DayOfWeek.FRIDAY) ? 3 : 1);
				}
				yield Moment.of(time);
			}
		};
	}

	/** Whole months, or -1 where they are none. */
	static double months(LocalDateTime from, LocalDateTime to) {
		boolean same = from.getDayOfMonth() == to.getDayOfMonth()
				|| (isLastOfMonth(from.toLocalDate()) && isLastOfMonth(to.toLocalDate()));
		return (same && from.toLocalTime().equals(to.toLocalTime()))
				? ChronoUnit.MONTHS.between(from.withDayOfMonth(1), to.withDayOfMonth(1)) : -1;
	}

	/** Days from Monday to Friday, or -1 where they are not whole. */
	static double weekdays(LocalDateTime from, LocalDateTime to) {
		if (isWeekend(from) || isWeekend(to) || !from.toLocalTime().equals(to.toLocalTime())) {
			return -1;
		}
		long days = ChronoUnit.DAYS.between(from, to);
		long weekends = (days + from.getDayOfWeek().getValue() - 1) / 7;
		return days - 2 * weekends;
	}

	private static boolean isWeekend(LocalDateTime time) {
		return time.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0;
	}

	private static boolean isLastOfMonth(LocalDate date) {
		return date.getDayOfMonth() == date.lengthOfMonth();
	}

	/** As people say it. */
	@Override
	public String toString() {
		String length = (this.length == Math.rint(this.length)) ? Long.toString((long) this.length)
				: Double.toString(this.length);
		return switch (this.unit) {
			case NUMBER -> length;
			case MONTHS -> length + " month(s)";
			case WEEKDAYS -> "a weekday";
			case SECONDS -> (this.length % DAY == 0) ? (long) (this.length / DAY) + " day(s)" : length + " seconds";
		};
	}

}
