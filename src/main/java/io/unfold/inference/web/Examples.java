package io.unfold.inference.web;

/**
 * The requests that the API's documentation shows. They ask the models that the examples
 * of training jobs train on the bundled datasets.
 */
final class Examples {

	static final String FORECASTER = "sales-forecaster";

	static final String CLASSIFIER = "gesture-classifier";

	static final String REGRESSOR = "adder";

	static final String TAGGER = "travel-tagger";

	static final String TRANSLATOR = "date-translator";

	static final String WRITER = "weather-writer";

	/** The last 25 months of the seasonal sales. */
	static final String FORECAST = """
			{"context": [[631], [495], [467], [475], [493], [581], [686], [738], [760], [682], [611], [561], [664],
			             [504], [495], [497], [534], [619], [716], [769], [759], [703], [612], [561], [699]],
			 "horizon": 12}""";

	/** A shake of the hand. */
	static final String CLASSIFY = """
			{"sequences": [[[-0.613, -0.569, 0.270], [0.900, -0.438, 0.849], [0.062, 0.003, 0.505], [-0.557, 0.217, -0.843],
			                [-0.748, 0.334, -1.314], [0.018, 0.507, 0.119], [0.696, -0.670, 1.224], [0.261, -0.395, 0.433],
			                [-0.403, 0.604, -0.653], [-1.202, -0.023, -0.586], [-0.137, -0.137, 0.323],
			                [0.644, -0.561, 0.861], [0.371, 0.163, 0.467], [-0.952, 0.498, -0.704], [-0.747, 0.720, -0.903],
			                [0.072, 0.132, 0.280], [0.708, -0.481, 0.884], [0.711, 0.095, 0.402], [-0.863, 0.316, -0.684],
			                [-0.468, 0.569, -0.657]]],
			 "topK": 3}""";

	/** 0.7 and 0.25 are marked. */
	static final String REGRESS = """
			{"sequences": [[[0.5, 0], [0.7, 1], [0.2, 0], [0.9, 0], [0.1, 0], [0.6, 0], [0.4, 0], [0.3, 0], [0.8, 0], [0.2, 0],
			                [0.5, 0], [0.1, 0], [0.9, 0], [0.25, 1], [0.7, 0], [0.3, 0], [0.6, 0], [0.2, 0], [0.8, 0], [0.4, 0]]]}""";

	static final String TAG = """
			{"sequences": ["may i take a blue jet flight from new alderwick to rio de janeiro on may 5",
			               ["how", "is", "the", "weather", "in", "trondheim"]]}""";

	static final String TRANSLATE = """
			{"texts": ["the 3rd of May, 2021", "  12   Aug 1999"], "beamWidth": 4, "alternatives": 2}""";

	static final String GENERATE = """
			{"prompt": "Oslo, 3 January: ", "maxTokens": 200, "temperature": 0.7, "stop": ["\\n"], "seed": 1}""";

	private Examples() {
	}

}
