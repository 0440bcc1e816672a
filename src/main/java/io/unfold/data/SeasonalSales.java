package io.unfold.data;

import java.time.YearMonth;

/**
 * Sales by month: steady growth, times a season that is strong in summer and again in
 * December, times noise of which half carries over to the next month.
 */
final class SeasonalSales {

	private static final YearMonth FIRST = YearMonth.of(2004, 1);

	private static final double TURN = 2 * StrictMath.PI;

	private SeasonalSales() {
	}

	/** The columns month and sales. */
	static String csv(long seed, int years) {
		Noise noise = new Noise(seed);
		StringBuilder lines = new StringBuilder("month,sales\n");
		double luck = 0;
		for (int i = 0; i < 12 * years; i++) {
			luck = 0.5 * luck + noise.normal(0.02);
			double sales = 200 * growth(i / 12.0) * season(i % 12) * StrictMath.exp(luck);
			// ISO 8601 by definition, whatever the locale
			lines.append(FIRST.plusMonths(i)).append(',').append(StrictMath.round(sales)).append('\n');
		}
		return lines.toString();
	}

	/** A twentieth a year and some more: 3.2 times as much after twenty years. */
	private static double growth(double years) {
		return StrictMath.exp(0.058 * years);
	}

	/**
	 * @param month from 0
	 */
	private static double season(int month) {
		double summer = 0.22 * StrictMath.cos(TURN * (month - 6.5) / 12) + 0.06 * StrictMath.cos(2 * TURN * month / 12);
		return 1 + summer + ((month == 11) ? 0.25 : 0);
	}

}
