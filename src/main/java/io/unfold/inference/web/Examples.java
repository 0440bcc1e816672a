package io.unfold.inference.web;

/** The requests that the API's documentation shows. */
final class Examples {

	static final String FORECASTER = "sales-forecaster";

	static final String CLASSIFIER = "gesture-classifier";

	static final String TRANSLATOR = "date-translator";

	static final String FORECAST = "{}";

	static final String CLASSIFY = "{}";

	static final String TRANSLATE = """
			{"texts": ["the 3rd of May, 2021", "  12   Aug 1999"], "beamWidth": 4, "alternatives": 2}""";

	private Examples() {
	}

}
