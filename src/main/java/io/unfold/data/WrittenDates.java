package io.unfold.data;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Dates as people write them in English, and in ISO 8601. Every way of writing has one
 * meaning: years have four digits, and where the month is a number, dots stand after day,
 * month and year in this order, slashes after year, month and day.
 */
public final class WrittenDates {

	private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);

	private static final int DAYS = 73_049;

	private static final String[] MONTHS = { "January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December" };

	private static final String[] WEEKDAYS = { "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday",
			"Sunday" };

	private static final String[] ORDINALS = { "first", "second", "third", "fourth", "fifth", "sixth", "seventh",
			"eighth", "ninth", "tenth", "eleventh", "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth",
			"seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty-first", "twenty-second", "twenty-third",
			"twenty-fourth", "twenty-fifth", "twenty-sixth", "twenty-seventh", "twenty-eighth", "twenty-ninth",
			"thirtieth", "thirty-first" };

	/**
	 * d day, D of two digits, N with st, nd, rd or th, O in words; m month, M of two
	 * digits, A its name, B its name in three letters; Y year; W weekday, V in three
	 * letters; any other character is itself. The common styles are there twice.
	 */
	private static final String[] STYLES = { "d A Y", "d A Y", "A d, Y", "A d, Y", "d B Y", "B d, Y", "N A Y", "A N, Y",
			"the N of A, Y", "the N of A, Y", "the N of A Y", "the O of A, Y", "A the O, Y", "Y, A the N", "Y A d",
			"d-B-Y", "D.M.Y", "D.M.Y", "d.m.Y", "Y/M/D", "W, A d, Y", "W, d A Y", "W, the N of A, Y", "V d B Y",
			"V, B d, Y" };

	private WrittenDates() {
	}

	/**
	 * @param source the date as written
	 * @param target the date in ISO 8601
	 */
	public record Pair(String source, String target) {
	}

	/**
	 * Pairs whose sources differ by more than their spacing.
	 * @param seed of the choice: another seed gives other pairs, of which some have the
	 * same source
	 */
	public static List<Pair> pairs(long seed, int count) {
		Noise noise = new Noise(seed);
		Set<String> seen = new HashSet<>();
		List<Pair> pairs = new ArrayList<>(count);
		while (pairs.size() < count) {
			LocalDate date = FIRST.plusDays(noise.below(DAYS));
			String source = cased(written(noise.oneOf(STYLES), date), noise);
			if (seen.add(source)) {
				pairs.add(new Pair(spaced(source, noise), date.toString()));
			}
		}
		return pairs;
	}

	/** Pairs as the columns source and target. */
	static String tsv(long seed, int count) {
		StringBuilder lines = new StringBuilder("source\ttarget\n");
		for (Pair pair : pairs(seed, count)) {
			lines.append(pair.source()).append('\t').append(pair.target()).append('\n');
		}
		return lines.toString();
	}

	private static String written(String style, LocalDate date) {
		StringBuilder text = new StringBuilder();
		int day = date.getDayOfMonth();
		int month = date.getMonthValue();
		String weekday = WEEKDAYS[date.getDayOfWeek().getValue() - 1];
		for (char part : style.toCharArray()) {
			text.append(switch (part) {
				case 'd' -> String.valueOf(day);
				case 'D' -> twoDigits(day);
				case 'N' -> day + suffix(day);
				case 'O' -> ORDINALS[day - 1];
				case 'm' -> String.valueOf(month);
				case 'M' -> twoDigits(month);
				case 'A' -> MONTHS[month - 1];
				case 'B' -> MONTHS[month - 1].substring(0, 3);
				case 'Y' -> String.valueOf(date.getYear());
				case 'W' -> weekday;
				case 'V' -> weekday.substring(0, 3);
				default -> String.valueOf(part);
			});
		}
		return text.toString();
	}

	private static String twoDigits(int number) {
		return (number < 10) ? "0" + number : String.valueOf(number);
	}

	private static String suffix(int day) {
		if (day / 10 == 1) {
			return "th";
		}
		return switch (day % 10) {
			case 1 -> "st";
			case 2 -> "nd";
			case 3 -> "rd";
			default -> "th";
		};
	}

	private static String cased(String text, Noise noise) {
		return switch (noise.below(6)) {
			case 0 -> text.toUpperCase(Locale.ROOT);
			case 1 -> text.toLowerCase(Locale.ROOT);
			default -> text;
		};
	}

	/** Spaces doubled, dropped behind commas, or put at the ends and around marks. */
	private static String spaced(String text, Noise noise) {
		if (!noise.happens(0.3)) {
			return text;
		}
		StringBuilder spaced = new StringBuilder(noise.happens(0.3) ? " " : "");
		for (int i = 0; i < text.length(); i++) {
			char c = text.charAt(i);
			boolean afterComma = i > 0 && text.charAt(i - 1) == ',';
			if (c == ' ') {
				spaced.append(switch (noise.below(8)) {
					case 0, 1 -> "  ";
					case 2 -> "   ";
					case 3 -> afterComma ? "" : " ";
					default -> " ";
				});
			}
			else if (",./".indexOf(c) >= 0) {
				spaced.append(noise.happens(0.1) ? " " : "").append(c);
				spaced.append((c != ',' && noise.happens(0.1)) ? " " : "");
			}
			else {
				spaced.append(c);
			}
		}
		return spaced.append(noise.happens(0.3) ? " " : "").toString();
	}

}
