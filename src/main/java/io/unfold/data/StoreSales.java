package io.unfold.data;

import java.time.LocalDate;

/**
 * Sales of some stores by day: a size of each store, times the day of the week, the time
 * of the year and a promotion that is known ahead, times noise of which half carries over
 * to the next day. Stores are closed on some days, which are not there.
 */
final class StoreSales {

	private static final LocalDate FIRST = LocalDate.of(2024, 1, 1);

	private static final double[] WEEK = { 0.9, 0.85, 0.9, 1.0, 1.2, 1.4, 0.75 };

	private static final double TURN = 2 * StrictMath.PI;

	private StoreSales() {
	}

	/**
	 * The columns date, store, sales, visitors and promotion.
	 * @param stores of which the last one opened when three quarters of the days had
	 * passed
	 */
	static String csv(long seed, int stores, int days) {
		Noise noise = new Noise(seed);
		double[] sizes = new double[stores];
		double[] promoted = new double[stores];
		double[] luck = new double[stores];
		for (int store = 0; store < stores; store++) {
			sizes[store] = 40 * StrictMath.exp(noise.between(0, 3));
			promoted[store] = noise.between(1.3, 1.5);
		}
		StringBuilder lines = new StringBuilder("date,store,sales,visitors,promotion\n");
		boolean[] promotion = new boolean[stores];
		for (int day = 0; day < days; day++) {
			for (int store = 0; store < stores; store++) {
				// on average a promotion lasts three days
				promotion[store] = noise.happens(promotion[store] ? 0.67 : 0.1);
				luck[store] = 0.5 * luck[store] + noise.normal(0.05);
				double sales = sizes[store] * WEEK[day % 7] * season(day) * (promotion[store] ? promoted[store] : 1)
						* StrictMath.exp(luck[store]);
				double visitors = sales * StrictMath.exp(noise.normal(0.1)) / 3;
				boolean open = !noise.happens(0.005) && (store < stores - 1 || day >= 3 * days / 4);
				if (open) {
					// ISO 8601 by definition, whatever the locale
					lines.append(FIRST.plusDays(day))
						.append(",store-")
						.append(store + 1)
						.append(',')
						.append(StrictMath.round(sales))
						.append(',')
						.append(StrictMath.round(visitors))
						.append(',')
						.append(promotion[store] ? 1 : 0)
						.append('\n');
				}
			}
		}
		return lines.toString();
	}

	private static double season(int day) {
		return 1 + 0.2 * StrictMath.cos(TURN * (day - 350) / 365.25);
	}

}
