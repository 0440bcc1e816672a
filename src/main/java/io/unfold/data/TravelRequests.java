package io.unfold.data;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What travellers ask, in lower case, with the cities, dates and airlines in it tagged
 * (IOB2). A city is known by what stands around it: it is {@code from}, {@code to} or
 * just a {@code city}, and many are made up of two words and occur once or never again,
 * so that a tagger meets names that it was not trained on.
 */
final class TravelRequests {

	/** F city of departure, T of destination, C another one, D date, A airline. */
	private static final String[] REQUESTS = { "show me flights from F to T", "show me flights to T from F",
			"show me all A flights from F to T D", "i want to fly from F to T D", "i would like to go to T D",
			"i need to be in T D", "i am in F and need to get to T D", "is there a flight from F to T D",
			"is there a direct A flight to T D", "what does A charge from F to T", "which airlines fly between F and T",
			"which airlines fly to T D", "does A fly from F to T", "does A still fly out of F D",
			"when does the A flight from F arrive in T", "when is the last flight out of F D",
			"book two seats on A to T D", "book me the first A flight to T", "F to T D please", "to T from F D please",
			"T from F", "leaving F for T D", "we leave F D and arrive in T D", "cancel my trip to T D",
			"cancel my A flight from F", "move my flight to T to D", "change my A booking from D to D",
			"may i change my flight to T", "may i take a later A flight from F", "may we fly from F to T D",
			"how is the weather in C D", "find me a hotel in C", "find me a hotel in C from D to D",
			"is there a train station in C", "what time is it in C", "how far is it from C to the sea",
			"is A cheaper than A", "what is the phone number of A", "does A have an office in C",
			"thank you that is all", "what can you do for me", "go back to the start", "from the top please" };

	private static final String[] CITIES = { "london", "paris", "new york", "tokyo", "san francisco", "berlin",
			"madrid", "rome", "boston", "sydney", "los angeles", "vienna", "hong kong", "lisbon", "cairo", "oslo",
			"rio de janeiro", "delhi", "dublin", "mexico city", "prague", "athens", "kuala lumpur", "nairobi",
			"buenos aires", "warsaw", "cape town", "helsinki", "lima", "zurich" };

	private static final String[] TOWN_BEFORE = { "", "", "", "", "new ", "old ", "east ", "west ", "port ", "lake " };

	private static final String[] TOWN_BEGIN = { "alder", "amber", "ash", "bel", "birch", "black", "brook", "cedar",
			"clay", "crest", "dale", "elm", "fair", "fern", "glen", "gold", "green", "hart", "hazel", "hill", "iron",
			"king", "lang", "lin", "maple", "marsh", "mill", "moor", "north", "oak", "pine", "red", "river", "sand",
			"silver", "south", "stan", "stone", "thorn", "white" };

	private static final String[] TOWN_END = { "borough", "bridge", "bury", "castle", "dale", "field", "ford", "gate",
			"ham", "haven", "hurst", "land", "ley", "mouth", "port", "stead", "ton", "ville", "wick", "worth" };

	private static final String[] AIRLINE_BEGIN = { "alpine", "arctic", "atlantic", "blue", "coastal", "comet",
			"eastern", "falcon", "first", "golden", "horizon", "island", "nordic", "northern", "ocean", "orient",
			"pacific", "polar", "royal", "silver", "southern", "star", "sunrise", "swift", "tropical", "western" };

	private static final String[] AIRLINE_END = { "air", "airlines", "airways", "jet", "wings" };

	private static final String[] WEEKDAYS = { "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",
			"sunday" };

	private static final String[] MONTHS = { "january", "february", "march", "april", "may", "june", "july", "august",
			"september", "october", "november", "december" };

	private static final String[] ORDINALS = { "first", "second", "third", "fourth", "fifth", "tenth" };

	private TravelRequests() {
	}

	/** Requests that differ, as the columns sequence and tags. */
	static String tsv(long seed, int count) {
		Noise noise = new Noise(seed);
		StringBuilder lines = new StringBuilder("sequence\ttags\n");
		Set<String> seen = new HashSet<>();
		while (seen.size() < count) {
			Tagged request = request(noise);
			if (seen.add(request.text())) {
				lines.append(request.text()).append('\t').append(String.join(" ", request.tags)).append('\n');
			}
		}
		return lines.toString();
	}

	private static Tagged request(Noise noise) {
		Tagged request = new Tagged();
		String[] parts = noise.oneOf(REQUESTS).split(" ", -1);
		for (int i = 0; i < parts.length; i++) {
			boolean afterWord = i > 0 && (parts[i - 1].equals("to") || parts[i - 1].equals("from"));
			switch (parts[i]) {
				case "F" -> request.span("from", city(noise));
				case "T" -> request.span("to", city(noise));
				case "C" -> request.span("city", city(noise));
				case "A" -> request.span("airline", noise.oneOf(AIRLINE_BEGIN) + " " + noise.oneOf(AIRLINE_END));
				case "D" -> date(request, afterWord, noise);
				default -> request.span("", parts[i]);
			}
		}
		return request;
	}

	private static String city(Noise noise) {
		if (noise.happens(0.5)) {
			// the first ones most often
			return CITIES[Math.min(noise.below(CITIES.length), noise.below(CITIES.length))];
		}
		return noise.oneOf(TOWN_BEFORE) + noise.oneOf(TOWN_BEGIN) + noise.oneOf(TOWN_END);
	}

	/**
	 * A date.
	 * @param bare whether a preposition is there already
	 */
	private static void date(Tagged request, boolean bare, Noise noise) {
		int style = noise.below(8);
		if (!bare && style >= 3) {
			request.span("", noise.happens(0.8) ? "on" : "before");
		}
		String month = noise.oneOf(MONTHS);
		request.span("date", switch (style) {
			case 0 -> noise.happens(0.5) ? "tomorrow" : "today";
			case 1 -> "next " + noise.oneOf(WEEKDAYS);
			case 2 -> (noise.happens(0.5) ? "next " : "this ") + noise.oneOf(WEEKDAYS);
			case 3, 4 -> noise.oneOf(WEEKDAYS);
			case 5 -> month + " " + (1 + noise.below(28));
			case 6 -> "the " + noise.oneOf(ORDINALS) + " of " + month;
			default -> (1 + noise.below(28)) + " " + month;
		});
	}

	/** A request that is being written. */
	private static final class Tagged {

		private final List<String> words = new ArrayList<>();

		private final List<String> tags = new ArrayList<>();

		/**
		 * Adds words.
		 * @param type of the span that they are, or empty
		 */
		void span(String type, String text) {
			String prefix = "B-";
			for (String word : text.split(" ", -1)) {
				this.words.add(word);
				this.tags.add(type.isEmpty() ? "O" : prefix + type);
				prefix = "I-";
			}
		}

		String text() {
			return String.join(" ", this.words);
		}

	}

}
