package io.unfold.job.web;

/**
 * The requests that the API's documentation shows. They train on the bundled datasets in
 * seconds, except for the translator, which takes a minute or so; the models are those
 * that the examples of the inference operations ask.
 */
final class Examples {

	static final String FORECASTING = """
			{"model": "sales-forecaster",
			 "dataset": "seasonal",
			 "task": {"type": "forecasting", "target": ["sales"], "horizon": 12, "season": 12, "log": true,
			   "differencing": false},
			 "network": {"layers": [{"cell": "gru", "units": 32}], "dropout": 0.1},
			 "training": {"epochs": 100, "optimizer": {"type": "adam", "learningRate": 0.005},
			   "earlyStopping": {"patience": 20}, "seed": 7}}""";

	static final String STORES = """
			{"model": "store-forecaster",
			 "dataset": "stores",
			 "task": {"type": "forecasting", "target": "sales", "series": "store", "time": "date", "missing": "forwardFill",
			   "pastCovariates": ["visitors"], "futureCovariates": ["promotion"], "calendar": ["dayOfWeek", "dayOfYear"],
			   "season": 7, "seasonalDifferencing": false, "log": true, "horizon": 7, "context": 28, "level": 0.8},
			 "network": {"layers": [{"cell": "gru", "units": 32}]},
			 "training": {"epochs": 12, "optimizer": {"type": "adam", "learningRate": 0.005},
			   "earlyStopping": {"patience": 4}}}""";

	static final String CLASSIFICATION = """
			{"model": "gesture-classifier",
			 "dataset": "gestures",
			 "task": {"type": "classification"},
			 "network": {"layers": [{"cell": "lstm", "units": 32}], "bidirectional": true, "dropout": 0.1},
			 "training": {"epochs": 10, "batchSize": 32, "optimizer": {"type": "adam", "learningRate": 0.003},
			   "earlyStopping": {"patience": 3}}}""";

	static final String REGRESSION = """
			{"model": "adder",
			 "dataset": "adding",
			 "task": {"type": "regression"},
			 "network": {"layers": [{"cell": "gru", "units": 32}]},
			 "training": {"epochs": 40, "batchSize": 16, "optimizer": {"type": "adam", "learningRate": 0.01}}}""";

	static final String TAGGING = """
			{"model": "travel-tagger",
			 "dataset": "travel",
			 "task": {"type": "tagging", "tokens": "words"},
			 "network": {"layers": [{"cell": "gru", "units": 32}], "bidirectional": true, "dropout": 0.2, "embedding": 32},
			 "training": {"epochs": 10, "batchSize": 16, "optimizer": {"type": "adam", "learningRate": 0.005}}}""";

	static final String CAPTIONING = """
			{"model": "scene-captioner",
			 "dataset": "scenes",
			 "task": {"type": "captioning", "scaling": "none"},
			 "network": {"decoder": {"layers": [{"cell": "gru", "units": 64}]}, "embedding": 16,
			   "featureLayers": [{"units": 256, "activation": "relu"}], "conditioning": "par-inject"},
			 "training": {"epochs": 15, "batchSize": 32, "optimizer": {"type": "adam", "learningRate": 0.002},
			   "learningRateSchedule": {"type": "cosine"},
			   "validation": {"fraction": 0.1, "by": "combination"}, "test": {"fraction": 0.1, "by": "combination"}}}""";

	static final String TRANSLATION = """
			{"model": "date-translator",
			 "dataset": "dates",
			 "task": {"type": "translation", "tokens": "characters"},
			 "network": {"encoder": {"layers": [{"cell": "gru", "units": 128}], "bidirectional": true},
			   "decoder": {"layers": [{"cell": "gru", "units": 128}]}, "embedding": 32},
			 "training": {"epochs": 8, "batchSize": 32, "optimizer": {"type": "adam", "learningRate": 0.004}}}""";

	static final String TRANSLATION_SUBWORDS = """
			{"model": "attentive-translator",
			 "dataset": "dates",
			 "task": {"type": "translation", "tokens": "subwords", "vocabularySize": 200, "sharedVocabulary": true, "beamWidth": 4},
			 "network": {"encoder": {"layers": [{"cell": "gru", "units": 64}], "bidirectional": true, "dropout": 0.1},
			   "decoder": {"layers": [{"cell": "gru", "units": 64}], "dropout": 0.1}, "embedding": 32,
			   "attention": "general", "tiedEmbeddings": true},
			 "training": {"epochs": 6, "batchSize": 32, "optimizer": {"type": "adam", "learningRate": 0.004},
			   "labelSmoothing": 0.1, "scheduledSampling": {"probability": 0.25}}}""";

	static final String GENERATION = """
			{"model": "weather-writer",
			 "dataset": "weather",
			 "task": {"type": "generation", "tokens": "characters"},
			 "network": {"layers": [{"cell": "gru", "units": 96}], "embedding": 32},
			 "training": {"epochs": 12, "batchSize": 16, "truncatedBptt": {"forward": 100, "backward": 100},
			   "optimizer": {"type": "adam", "learningRate": 0.01}}}""";

	static final String AUTOENCODING = """
			{"model": "cycle-watcher",
			 "dataset": "cycles",
			 "task": {"type": "autoencoding"},
			 "network": {"encoder": {"layers": [{"cell": "gru", "units": 32}], "bidirectional": true},
			   "decoder": {"layers": [{"cell": "gru", "units": 32}]}, "code": 8},
			 "training": {"epochs": 40, "batchSize": 8, "optimizer": {"type": "adam", "learningRate": 0.005},
			   "learningRateSchedule": {"type": "cosine"}, "validation": {"fraction": 0.2}}}""";

	static final String INLINE = """
			{"model": "greetings",
			 "data": {"examples": [
			   {"sequence": "good morning", "label": "greeting"},
			   {"sequence": "good evening to you", "label": "greeting"},
			   {"sequence": "hello there", "label": "greeting"},
			   {"sequence": "hello again", "label": "greeting"},
			   {"sequence": "see you soon", "label": "farewell"},
			   {"sequence": "goodbye and good luck", "label": "farewell"},
			   {"sequence": "until tomorrow", "label": "farewell"},
			   {"sequence": "goodbye now", "label": "farewell"}]},
			 "task": {"type": "classification", "tokens": "words"},
			 "network": {"layers": [{"cell": "gru", "units": 8}]},
			 "training": {"epochs": 5, "validation": {"fraction": 0.25}}}""";

	private Examples() {
	}

}
