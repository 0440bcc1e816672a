package io.unfold.training;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Stream;

import io.unfold.data.DataFormat;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.nn.network.Tensor;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program that trains for an epoch on a file, and prints a hash of the parameters:
 * {@code LargerThanHeap numbers|pairs|texts|text|captions FILE}.
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

	private static final Map<String, String> REQUESTS = Map.of("numbers", NUMBERS, "pairs", PAIRS, "texts", TEXTS,
			"text", TEXTS, "captions", CAPTIONS);

	private static final Map<String, Function<SplittableRandom, String>> LINES = Map.of("numbers",
			LargerThanHeap::series, "pairs", LargerThanHeap::pair, "texts",
			(random) -> "{\"text\":\"" + text(random) + "\"}", "text", LargerThanHeap::text, "captions",
			LargerThanHeap::caption);

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
		int hash = 0;
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
			while (written < bytes) {
				String line = LINES.get(kind).apply(random);
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

	private static String series(SplittableRandom random) {
		int[] values = random.ints(200, 1000, 10_000).toArray();
		return "{\"sequence\":" + Arrays.toString(values).replace(" ", "") + ",\"label\":\""
				+ ((values[0] < 5500) ? "low" : "high") + "\"}";
	}

	private static String text(SplittableRandom random) {
		return "{\"text\":\"" + words(20, random) + "\"}";
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
