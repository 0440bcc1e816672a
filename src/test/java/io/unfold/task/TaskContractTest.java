package io.unfold.task;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import io.unfold.data.DataSource;
import io.unfold.problem.InvalidRequestException;
import io.unfold.nn.decoding.Sampling;
import io.unfold.task.autoencoding.Autoencoder;
import io.unfold.task.captioning.Captioner;
import io.unfold.task.generation.GenerationRequest;
import io.unfold.task.generation.Generator;
import io.unfold.task.generation.Writing;
import io.unfold.task.translation.Glossary;
import io.unfold.task.translation.TranslationOptions;
import io.unfold.task.translation.Translator;
import io.unfold.training.Checkpoints;
import io.unfold.training.EpochMetrics;
import io.unfold.training.MiniBatchTrainer;
import io.unfold.training.TrainedModel;
import io.unfold.training.TrainingListener;
import io.unfold.training.TrainingPlan;
import io.unfold.training.WarmStart;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * What every task must do: learn a toy rule from data, and answer the same after it was
 * stored and read back.
 */
class TaskContractTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Models of the toys, trained once. */
	private static final Map<String, TrainedModel> MODELS = new ConcurrentHashMap<>();

	/** A toy rule, and a question that a model of it is asked. */
	private record Toy(String type, String plan, ArrayNode examples, String question) {

		@Override
		public String toString() {
			return this.type;
		}

	}

	static Stream<Toy> toys() {
		return Stream.of(new Toy("classification", """
				{"task": {"type": "classification"}, "network": {"layers": [{"cell": "gru", "units": 8}]},
				 "training": {"epochs": 25, "batchSize": 16, "optimizer": {"type": "adam", "learningRate": 0.02}}}""",
				slopes(), """
						{"sequences": [[0.1, 0.2, 0.4, 0.5], [0.9, 0.7, 0.2]], "topK": 1}"""),
				new Toy("regression",
						"""
								{"task": {"type": "regression"}, "network": {"layers": [{"cell": "gru", "units": 8}]},
								 "training": {"epochs": 40, "batchSize": 8, "optimizer": {"type": "adam", "learningRate": 0.02}}}""",
						sums(), """
								{"sequences": [[0.1, 0.2, 0.4, 0.5], [0.9, 0.7, 0.2]]}"""),
				new Toy("tagging",
						"""
								{"task": {"type": "tagging"},
								 "network": {"layers": [{"cell": "lstm", "units": 8}], "bidirectional": true, "embedding": 8},
								 "training": {"epochs": 15, "batchSize": 8, "optimizer": {"type": "adam", "learningRate": 0.02}}}""",
						trips(), """
								{"sequences": ["to york from bath", ["leeds", "from", "york"]]}"""),
				new Toy("forecasting",
						"""
								{"task": {"type": "forecasting", "target": "x", "horizon": 3, "context": 12},
								 "network": {"layers": [{"cell": "lstm", "units": 16}]},
								 "training": {"epochs": 40, "batchSize": 32, "optimizer": {"type": "adam", "learningRate": 0.01}}}""",
						wave(), """
								{"context": [0.1, 0.5, 0.9, 1.2, 1.4, 1.5, 1.4, 1.2, 0.9, 0.5, 0.1, 0.0]}"""),
				new Toy("captioning",
						"""
								{"task": {"type": "captioning"},
								 "network": {"decoder": {"layers": [{"cell": "gru", "units": 16}]}, "embedding": 8,
								             "featureLayers": [{"units": 16}], "conditioning": "par-inject"},
								 "training": {"epochs": 30, "batchSize": 16, "optimizer": {"type": "adam", "learningRate": 0.01}}}""",
						weather(), """
								[[12.5, 0.9, 3], [-4.0, 0.1, 17.5]]"""),
				new Toy("translation",
						"""
								{"task": {"type": "translation", "tokens": "characters"},
								 "network": {"encoder": {"layers": [{"cell": "gru", "units": 32}], "bidirectional": true},
								             "decoder": {"layers": [{"cell": "gru", "units": 32}]}, "embedding": 8},
								 "training": {"epochs": 40, "batchSize": 16, "optimizer": {"type": "adam", "learningRate": 0.01}}}""",
						cipher(), """
								["abc", "cab"]"""),
				new Toy("generation",
						"""
								{"task": {"type": "generation"}, "network": {"layers": [{"cell": "lstm", "units": 32}], "embedding": 8},
								 "training": {"epochs": 30, "batchSize": 8, "truncatedBptt": {"forward": 40, "backward": 40},
								              "optimizer": {"type": "adam", "learningRate": 0.02}}}""",
						counts(), """
								["aaaaaaaa"]"""),
				new Toy("autoencoding",
						"""
								{"task": {"type": "autoencoding"},
								 "network": {"encoder": {"layers": [{"cell": "gru", "units": 16}]},
								             "decoder": {"layers": [{"cell": "gru", "units": 16}]}, "code": 4},
								 "training": {"epochs": 60, "batchSize": 16, "optimizer": {"type": "adam", "learningRate": 0.02}}}""",
						lines(), """
								[[0.1, 0.2, 0.3, 0.4], [0.9, 0.7, 0.5]]"""));
	}

	/** Rising and falling numbers. */
	private static ArrayNode slopes() {
		Random random = new Random(3);
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 80; i++) {
			double slope = (i % 2 == 0) ? 0.1 : -0.1;
			double value = random.nextDouble();
			ArrayNode sequence = examples.addObject().put("label", (i % 2 == 0) ? "up" : "down").putArray("sequence");
			for (int t = 0; t < 3 + i % 5; t++) {
				sequence.add(value);
				value += slope * (0.5 + random.nextDouble());
			}
		}
		return examples;
	}

	/** The sum of a few numbers. */
	private static ArrayNode sums() {
		Random random = new Random(4);
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 300; i++) {
			ObjectNode example = examples.addObject();
			ArrayNode sequence = example.putArray("sequence");
			double sum = 0;
			for (int t = 0; t < 2 + i % 4; t++) {
				double value = random.nextDouble();
				sequence.add(value);
				sum += value;
			}
			example.put("target", sum);
		}
		return examples;
	}

	/** A town's tag is told by the word before it. */
	private static ArrayNode trips() {
		Random random = new Random(6);
		List<String> towns = List.of("york", "bath", "leeds");
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 120; i++) {
			ObjectNode example = examples.addObject();
			ArrayNode sequence = example.putArray("sequence");
			ArrayNode tags = example.putArray("tags");
			for (int t = 0; t < 1 + random.nextInt(3); t++) {
				boolean to = random.nextBoolean();
				sequence.add(to ? "to" : "from").add(towns.get(random.nextInt(towns.size())));
				tags.add("O").add(to ? "B-to" : "B-from");
			}
		}
		return examples;
	}

	private static ArrayNode wave() {
		ArrayNode examples = JSON.createArrayNode();
		for (int t = 0; t < 240; t++) {
			examples.addObject().put("x", Math.sin(t * 0.5) + 0.3 * Math.sin(t * 0.23));
		}
		return examples;
	}

	/** Warm or cold, wet or dry, calm or windy. */
	private static ArrayNode weather() {
		Random random = new Random(7);
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 300; i++) {
			double celsius = 30 * random.nextDouble() - 10;
			double rain = random.nextDouble();
			double wind = 20 * random.nextDouble();
			ObjectNode example = examples.addObject();
			example.putArray("features").add(celsius).add(rain).add(wind);
			example.put("text", ((celsius > 5) ? "a warm" : "a cold") + ((rain > 0.5) ? ", wet" : ", dry")
					+ ((wind > 10) ? " and windy day" : " day"));
		}
		return examples;
	}

	/** Each letter is the one after it. */
	private static ArrayNode cipher() {
		Random random = new Random(5);
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 120; i++) {
			StringBuilder source = new StringBuilder();
			StringBuilder target = new StringBuilder();
			for (int t = 0; t < 1 + random.nextInt(3); t++) {
				int letter = random.nextInt(4);
				source.append((char) ('a' + letter));
				target.append((char) ('b' + letter));
			}
			examples.addObject().put("source", source.toString()).put("target", target.toString());
		}
		return examples;
	}

	/** A b follows nine times an a: too far back for the naive answer. */
	private static ArrayNode counts() {
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 60; i++) {
			examples.addObject().put("text", "aaaaaaaaab".repeat(6));
		}
		return examples;
	}

	/** Numbers of which each is as far from the one before. */
	private static ArrayNode lines() {
		Random random = new Random(7);
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 120; i++) {
			double value = random.nextDouble();
			double slope = random.nextDouble() - 0.5;
			ArrayNode sequence = examples.addObject().putArray("sequence");
			for (int t = 0; t < 3 + i % 4; t++) {
				sequence.add(value + slope * t);
			}
		}
		return examples;
	}

	@Test
	void thereIsAToyForEveryTask() {
		List<String> tasks = Arrays.stream(TaskSpec.class.getAnnotation(JsonSubTypes.class).value())
			.map(JsonSubTypes.Type::name)
			.toList();
		assertThat(toys().map(Toy::type)).containsExactlyInAnyOrderElementsOf(tasks);
	}

	@ParameterizedTest
	@MethodSource("toys")
	void learnsAToyRuleBetterThanNaively(Toy toy) {
		TrainedModel model = model(toy);
		assertThat(model.evaluation().skill()).isGreaterThan(0.8);
		assertThat(model.evaluation().examples()).isPositive();
		assertThat(model.history()).allSatisfy((epoch) -> assertThat(epoch.trainLoss()).isFinite());
	}

	@ParameterizedTest
	@MethodSource("toys")
	void answersTheSameAfterItWasStoredAndReadBack(Toy toy) {
		TrainedModel model = model(toy);
		JsonNode stored = JSON.readTree(JSON.writeValueAsString(JSON.valueToTree(model.task())));
		TaskSpec task = JSON.treeToValue(stored, TaskSpec.class);
		assertThat(task).isEqualTo(model.task());
		JsonNode fitted = JSON.readTree(JSON.writeValueAsString(model.fitted()));
		assertThat(answer(task.trained(fitted, model.network(), model.parameters()), toy))
			.isEqualTo(answer(model.task().trained(model.fitted(), model.network(), model.parameters()), toy));
	}

	@ParameterizedTest
	@MethodSource("toys")
	void estimatesWhatTrainingTakes(Toy toy) {
		var estimate = new MiniBatchTrainer().estimate(plan(toy), source(toy));
		assertThat(estimate.parameters()).isEqualTo(model(toy).parameterCount()).isPositive();
		assertThat(estimate.memoryBytes()).isGreaterThan(4 * 4 * estimate.parameters());
		assertThat(estimate.seconds()).isPositive();
		assertThat(estimate.examples()).isBetween(1,
				toy.type().equals("generation") ? toy.examples().toString().length() : toy.examples().size());
	}

	@ParameterizedTest
	@MethodSource("toys")
	void equalSeedsGiveEqualModels(Toy toy) {
		assertThat(answer(trained(train(toy)), toy)).isEqualTo(answer(trained(model(toy)), toy));
	}

	/** On some of the examples, with steps that change next to nothing. */
	@ParameterizedTest
	@MethodSource("toys")
	void goesOnFromAModelAndWhatItWasFittedTo(Toy toy) {
		TrainedModel parent = model(toy);
		ObjectNode request = (ObjectNode) JSON.readTree(toy.plan());
		request.remove("network");
		request.withObject("/training").put("epochs", 1);
		request.withObject("/training/optimizer").put("learningRate", 1e-9);
		TrainingPlan plan = JSON.treeToValue(request, TrainingPlan.class)
			.from(new WarmStart(parent.task(), parent.network(), parent.fitted(), parent.parameters()));
		ArrayNode some = JSON.createArrayNode();
		for (int i = 0; i < toy.examples().size() * 3 / 4; i++) {
			some.add(toy.examples().get(i));
		}
		TrainedModel next = train(plan, DataSource.ofExamples(some));
		assertThat(withoutThreshold(next)).isEqualTo(withoutThreshold(parent));
		assertThat(next.network()).isEqualTo(parent.network());
		next.parameters().byName().forEach((name, tensor) -> {
			float[] before = parent.parameters().get(name).values();
			for (int i = 0; i < before.length; i++) {
				assertThat(tensor.values()[i]).as(name).isCloseTo(before[i], within(1e-5f));
			}
		});
	}

	/** What an autoencoder takes for odd, it learns from what is held out. */
	private static JsonNode withoutThreshold(TrainedModel model) {
		ObjectNode fitted = (ObjectNode) model.fitted().deepCopy();
		fitted.remove("threshold");
		return fitted;
	}

	@Test
	void refusesToGoOnWithAnotherTaskNetworkOrLabel() {
		Toy toy = toys().filter((t) -> t.type().equals("classification")).findFirst().orElseThrow();
		TrainedModel parent = model(toy);
		WarmStart start = new WarmStart(parent.task(), parent.network(), parent.fitted(), parent.parameters());
		for (String[] other : new String[][] {
				{ "/training/warmStart", "{'task': {'type': 'regression'}, 'training': {}}" },
				{ "/task/tokens", "{'task': {'type': 'classification', 'tokens': 'characters'}, 'training': {}}" },
				{ "/network",
						"{'task': {'type': 'classification'}, 'network': {'layers': [{'cell': 'gru', 'units': 9}]}, 'training': {}}" } }) {
			TrainingPlan plan = JSON.readValue(other[1].replace('\'', '"'), TrainingPlan.class).from(start);
			assertThatThrownBy(() -> train(plan, source(toy))).isInstanceOfSatisfying(InvalidRequestException.class,
					(fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo(other[0]));
		}
		ArrayNode sideways = toy.examples().deepCopy();
		((ObjectNode) sideways.get(2)).put("label", "sideways");
		TrainingPlan plan = plan(toy).from(start);
		assertThatThrownBy(() -> train(plan, DataSource.ofExamples(sideways))).isInstanceOfSatisfying(
				InvalidRequestException.class, (fault) -> assertThat(fault.violations().get(0).line()).isEqualTo(3));
	}

	private static TrainedTask trained(TrainedModel model) {
		return model.task().trained(model.fitted(), model.network(), model.parameters());
	}

	private static JsonNode answer(TrainedTask model, Toy toy) {
		if (model instanceof Predicting predicting) {
			return JSON.valueToTree(predicting.predict(JSON.readValue(toy.question(), PredictRequest.class)));
		}
		if (model instanceof Generator generator) {
			Writing writing = generator.write(new GenerationRequest(JSON.readValue(toy.question(), String[].class)[0],
					50, new Sampling(1, null, null), List.of(), 7));
			while (!writing.hasEnded()) {
				writing.write();
			}
			return JSON.valueToTree(writing.text());
		}
		if (model instanceof Autoencoder autoencoder) {
			JsonNode sequences = JSON.readTree(toy.question());
			return JSON.createArrayNode()
				.addPOJO(JSON.valueToTree(autoencoder.encode(sequences)))
				.addPOJO(JSON.valueToTree(autoencoder.score(sequences, true)))
				.add(autoencoder.threshold());
		}
		if (model instanceof Captioner captioner) {
			return JSON.valueToTree(captioner.caption(JSON.readTree(toy.question()), 3, null));
		}
		return JSON
			.valueToTree(((Translator) model).translate(Arrays.asList(JSON.readValue(toy.question(), String[].class)),
					new TranslationOptions(3, null, null, Glossary.EMPTY)));
	}

	private static TrainedModel model(Toy toy) {
		return MODELS.computeIfAbsent(toy.type(), (type) -> train(toy));
	}

	private static TrainedModel train(Toy toy) {
		return train(plan(toy), source(toy));
	}

	private static TrainedModel train(TrainingPlan plan, DataSource data) {
		return new MiniBatchTrainer().train(plan, data, new TrainingListener() {
			@Override
			public void progress(Progress progress) {
				assertThat(progress.fraction()).isBetween(0.0, 1.0);
			}

			@Override
			public void epoch(EpochMetrics metrics) {
				assertThat(metrics.examplesPerSecond()).isPositive();
			}

			@Override
			public boolean cancelled() {
				return false;
			}
		}, Checkpoints.none());
	}

	private static TrainingPlan plan(Toy toy) {
		return JSON.readValue(toy.plan(), TrainingPlan.class);
	}

	private static DataSource source(Toy toy) {
		return DataSource.ofExamples(toy.examples());
	}

}
