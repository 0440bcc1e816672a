package io.unfold.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

import io.unfold.data.DataFormat;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.nn.network.Tensor;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that trains for an epoch on a file, and prints a hash of the parameters and
 * of the evaluation:
 * {@code LargerThanHeap numbers|pairs|texts|text|captions|series|shops FILE}.
 */
final class LargerThanHeap {

	private static final String NUMBERS = """
			{"task": {"type": "classification"}, "network": {"layers": [{"cell": "gru", "units": 4}]},
			 "training": {"epochs": 1, "batchSize": 256}}""";

	private static final String PAIRS = """
			{"task": {"type": "translation", "vocabularySize": 50, "maxLength": 5},
			 "network": {"encoder": {"layers": [{"cell": "gru", "units": 4}]}, "decoder": {"layers": [{"cell": "gru", "units": 4}]},
			             "embedding": 4},
			 "training": {"epochs": 1, "batchSize": 256, "validation": {"fraction": 0.002}}}""";

	private static final String TEXTS = """
			{"task": {"type": "generation", "tokens": "words"},
			 "network": {"layers": [{"cell": "gru", "units": 4}], "embedding": 4},
			 "training": {"epochs": 1, "batchSize": 256, "validation": {"fraction": 0.01}}}""";

	private static final String CAPTIONS = """
			{"task": {"type": "captioning", "maxLength": 5},
			 "network": {"decoder": {"layers": [{"cell": "gru", "units": 4}]}, "embedding": 4},
			 "training": {"epochs": 1, "batchSize": 256, "validation": {"fraction": 0.002}}}""";

	private static final String SERIES = """
			{"task": {"type": "forecasting", "target": "x", "pastCovariates": ["a", "b", "c"], "futureCovariates": "d",
			          "calendar": "hour", "time": "at", "missing": "interpolate", "context": 4, "horizon": 2},
			 "network": {"layers": [{"cell": "gru", "units": 4}]},
			 "training": {"epochs": 1, "batchSize": 1024, "validation": {"fraction": 0.002}}}""";

	private static final Map<String, String> REQUESTS = Map.of("numbers", NUMBERS, "pairs", PAIRS, "texts", TEXTS,
			"text", TEXTS, "captions", CAPTIONS, "series", SERIES, "shops",
			SERIES.replace("\"time\"", "\"series\": \"shop\", \"time\""));

	/** Shops whose rows alternate. */
	private static final int SHOPS = 20;

	/** Writes a line. */
	private interface Line {

		String of(SplittableRandom random, int number);

	}

	private static final Map<String, Line> LINES = Map.of("numbers", (random, i) -> sequence(random), "pairs",
			(random, i) -> pair(random), "texts", (random, i) -> "{\"text\":\"" + words(20, random) + "\"}", "text",
			(random, i) -> words(20, random), "captions", (random, i) -> caption(random), "series",
			(random, i) -> row(random, i, 0), "shops", (random, i) -> row(random, i / SHOPS, i % SHOPS));

	private LargerThanHeap() {
	}

	public static void main(String[] args) {
		Path file = Path.of(args[1]);
		DataSource examples = DataSource.of(args[0].equals("text") ? DataFormat.TEXT : DataFormat.JSONL, file);
		// a folder of its own, to see that nothing is left in it
		DataSource data = new DataSource() {

			@Override
			public Stream<DataRecord> records() {
				return examples.records();
			}

			@Override
			public Path scratch() {
				return file.resolveSibling("scratch");
			}

		};
		TrainingPlan plan = JsonMapper.shared().readValue(REQUESTS.get(args[0]), TrainingPlan.class);
		TrainedModel model = new MiniBatchTrainer().train(plan, TrainingData.of(data), new Silence(),
				Checkpoints.none());
		int hash = model.evaluation().metrics().hashCode();
		for (Tensor tensor : model.parameters().byName().values()) {
			hash = 31 * hash + Arrays.hashCode(tensor.values());
		}
		System.out.println("heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MB, hash " + hash);
	}

	/** Writes examples of so many bytes in all. */
	static void write(String kind, Path file, long bytes) throws IOException {
		SplittableRandom random = new SplittableRandom(1);
		try (BufferedWriter lines = Files.newBufferedWriter(file)) {
			long written = 0;
			for (int i = 0; written < bytes; i++) {
				String line = LINES.get(kind).of(random, i);
				lines.write(line);
				lines.write('\n');
				written += line.length() + 1;
			}
		}
	}

	/** Only the last line is of interest. */
	private static final class Silence implements TrainingListener {

		@Override
		public void progress(Progress progress) {
		}

		@Override
		public void epoch(EpochMetrics metrics) {
		}

		@Override
		public boolean cancelled() {
			return false;
		}

	}

	private static String sequence(SplittableRandom random) {
		int[] values = random.ints(200, 1000, 10_000).toArray();
		return "{\"sequence\":" + Arrays.toString(values).replace(" ", "") + ",\"label\":\""
				+ ((values[0] < 5500) ? "low" : "high") + "\"}";
	}

	/** A row in an hour; now and then a number is missing, or rows are. */
	private static String row(SplittableRandom random, int hour, int shop) {
		int later = hour + hour / 1000;
		String x = (random.nextInt(100) == 0) ? "null" : Double.toString(shop + random.nextDouble());
		return "{\"at\":\"" + LocalDateTime.of(1980, 1, 1, 0, 0).plusHours(later) + "\",\"shop\":\"shop-" + shop
				+ "\",\"x\":" + x + ",\"a\":" + random.nextDouble() + ",\"b\":" + random.nextDouble() + ",\"c\":"
				+ random.nextDouble() + ",\"d\":" + random.nextInt(2) + "}";
	}

	/** The texts alone would fill the heap. */
	private static String caption(SplittableRandom random) {
		int[] features = random.ints(80, 0, 10).toArray();
		return "{\"features\":" + Arrays.toString(features).replace(" ", "") + ",\"text\":\"" + words(15, random)
				+ "\"}";
	}

	/**
	 * Words are long, so that there are no more tokens than can be trained on in seconds.
	 */
	private static String words(int count, SplittableRandom random) {
		StringBuilder words = new StringBuilder();
		for (int i = 0; i < count; i++) {
			words.append("abcdefghijklmnopqrs".repeat(2).substring(random.nextInt(8))).append(' ');
		}
		return words.toString();
	}

	private static String pair(SplittableRandom random) {
		String word = "abcdefghijklmnopqrst".substring(random.nextInt(8)) + random.nextInt(20);
		return "{\"source\":\"" + (word + " ").repeat(100).strip() + "\",\"target\":\"" + word + "\"}";
	}

}
