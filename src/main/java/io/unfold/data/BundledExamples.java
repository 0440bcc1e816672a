package io.unfold.data;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * The datasets that come with the service, one for each task. They are generated from a
 * fixed seed, the same bytes on every machine.
 */
public enum BundledExamples {

	/** Classification: movements of a hand, of unequal lengths, in six classes. */
	GESTURES(DataFormat.JSONL, "Movements of a hand as an accelerometer feels them (three numbers a step, 20 to 60 "
			+ "steps), 100 of each of six gestures. For classification: sequence to label.") {
		@Override
		String generate() {
			return Gestures.jsonl(20_260_101L, 600);
		}
	},

	/** Forecasting: 20 years of monthly sales that grow, with a season. */
	SEASONAL(DataFormat.CSV,
			"Sales by month over 20 years: growth times season times noise. For forecasting: sales, season of 12, of which the logarithm grows evenly.") {
		@Override
		String generate() {
			return SeasonalSales.csv(20_260_102L, 20);
		}
	},

	/** Captioning: pictures of two things, and what they show. */
	SCENES(DataFormat.JSONL, "5,000 pictures of 12 x 12 pixels (red, green and blue from 0 to 1, row by row) with two "
			+ "things, and what they show, as in a red circle left of a blue square. For captioning: features to text; "
			+ "to be split by combination, so that two things are held out that were never seen together.") {
		@Override
		String generate() {
			return DrawnScenes.jsonl(20_260_108L, 5000);
		}
	},

	/** Forecasting: daily sales of several stores, with what is known ahead. */
	STORES(DataFormat.CSV,
			"Sales and visitors of six stores by day, with promotions that are known ahead; some days are "
					+ "not there, and one store opened late. For forecasting: sales, series store, time date, "
					+ "futureCovariates promotion, pastCovariates visitors.") {
		@Override
		String generate() {
			return StoreSales.csv(20_260_110L, 6, 540);
		}
	},

	/** Translation: 10,000 dates as people write them, and in ISO 8601. */
	DATES(DataFormat.TSV, "Dates from 1900 to 2099 as people write them in English, upper and lower case and spacing "
			+ "at random, and the same dates in ISO 8601. For translation by characters: source to target.") {
		@Override
		String generate() {
			return WrittenDates.tsv(20_260_103L, 10_000);
		}
	},

	/** Regression: the adding problem of Hochreiter and Schmidhuber. */
	ADDING(DataFormat.JSONL, "The adding problem: a value from 0 to 1 and a marker at each of 20 to 40 steps; the "
			+ "target is the sum of the two values that are marked. For regression: sequence to number.") {
		@Override
		String generate() {
			return AddingProblem.jsonl(20_260_104L, 1000);
		}
	},

	/** Tagging: what travellers ask, with cities, dates and airlines tagged. */
	TRAVEL(DataFormat.TSV, "1,500 requests of travellers, with cities (from, to, others), dates and airlines tagged "
			+ "(IOB); many names are there only once. For tagging by words: sequence to tags.") {
		@Override
		String generate() {
			return TravelRequests.tsv(20_260_105L, 1500);
		}
	},

	/** Generation: reports of the weather, a line each. */
	WEATHER(DataFormat.TEXT,
			"1,500 reports of the weather in eight cities, a line each, in which temperature and month, and "
					+ "snow and frost, go together. For generation: a text.") {
		@Override
		String generate() {
			return WeatherReports.text(20_260_106L, 1500);
		}
	},

	/** Autoencoding: cycles of a press, of which some are odd. */
	CYCLES(DataFormat.JSONL, "Cycles of a press: the force and the current of its motor at each of 40 to 70 steps. 500 "
			+ "are normal, and 100 are anomalies of five kinds. For autoencoding: sequence to itself, anomaly.") {
		@Override
		String generate() {
			return PressCycles.jsonl(20_260_107L, 500, 20);
		}
	};

	private final DataFormat format;

	private final String description;

	/** Generated at first use; twice at worst, when two threads ask at once. */
	private volatile byte @Nullable [] content;

	BundledExamples(DataFormat format, String description) {
		this.format = format;
		this.description = description;
	}

	abstract String generate();

	/** The dataset's name: as in gestures. */
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	public DataFormat format() {
		return this.format;
	}

	/** What the examples are, and what they are for. */
	public String description() {
		return this.description;
	}

	/** The dataset as a file; the caller's own copy. */
	public byte[] content() {
		byte[] content = this.content;
		if (content == null) {
			content = generate().getBytes(StandardCharsets.UTF_8);
			this.content = content;
		}
		return content.clone();
	}

}
