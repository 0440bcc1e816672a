package io.unfold.data;

/**
 * Reports of the weather, a line each, as in {@code Oslo, 3 January: snow showers, then
 * clear, -9 to -4 degrees. Light wind from the north.} What a report says hangs together:
 * the temperature on the city and the month, snow or rain on the temperature, the wind's
 * strength on whether there is a storm.
 */
final class WeatherReports {

	private static final String[] MONTHS = { "January", "February", "March", "April", "May", "June", "July", "August",
			"September", "October", "November", "December" };

	/** Shares of a year's warmth, January to December; in percent. */
	private static final int[] WARMTH = { 0, 6, 24, 46, 70, 90, 100, 96, 76, 50, 24, 6 };

	private static final City[] CITIES = { new City("Oslo", -5, 18), new City("Vienna", 0, 22),
			new City("London", 5, 19), new City("Lisbon", 12, 24), new City("Cairo", 14, 30),
			new City("Reykjavik", 0, 12), new City("Helsinki", -6, 18), new City("Athens", 10, 30) };

	private static final String[] DRY = { "sunny", "clear", "mostly cloudy", "bright spells", "cloudy",
			"fog at first, then sunny" };

	private static final String[] RAIN = { "rain", "light rain", "heavy rain", "showers", "rain all day" };

	private static final String[] SNOW = { "snow", "light snow", "heavy snow", "snow showers", "snow all day" };

	private static final String[] LATER = { "then clear", "then cloudy", "dry later", "brighter in the evening" };

	private static final String[] WINDS = { "north", "east", "south", "west", "north-east", "north-west", "south-east",
			"south-west" };

	private WeatherReports() {
	}

	static String text(long seed, int count) {
		Noise noise = new Noise(seed);
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < count; i++) {
			text.append(report(noise)).append('\n');
		}
		return text.toString();
	}

	private static String report(Noise noise) {
		City city = noise.oneOf(CITIES);
		int month = noise.below(MONTHS.length);
		int mean = city.coldest + (city.warmest - city.coldest) * WARMTH[month] / 100;
		int low = mean - 2 - noise.below(4);
		int high = mean + 1 + noise.below(4);
		return city.name + ", " + (1 + noise.below(28)) + " " + MONTHS[month] + ": " + sky(high, noise) + ", " + low
				+ " to " + high + " degrees. " + wind(noise) + ".";
	}

	private static String sky(int high, Noise noise) {
		if (noise.happens(0.5)) {
			return noise.oneOf(DRY);
		}
		String falling = noise.oneOf((high <= 1) ? SNOW : RAIN);
		return (!falling.endsWith("all day") && noise.happens(0.4)) ? falling + ", " + noise.oneOf(LATER) : falling;
	}

	private static String wind(Noise noise) {
		int strength = noise.below(10);
		if (strength == 0) {
			return "No wind";
		}
		String from = " from the " + noise.oneOf(WINDS);
		if (strength == 1) {
			return "Storm warning: gusts of " + 10 * (8 + noise.below(5)) + " km/h" + from;
		}
		return ((strength < 7) ? "Light wind" : "Strong wind") + from;
	}

	/**
	 * @param coldest mean of January, in degrees Celsius
	 * @param warmest mean of July
	 */
	private record City(String name, int coldest, int warmest) {
	}

}
