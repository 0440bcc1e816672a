package io.unfold.task.tagging;

import java.util.Arrays;
import java.util.List;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.data.Sequence;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Targets;
import io.unfold.task.Evaluation;
import io.unfold.task.PredictRequest;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TaggingTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final NetworkSpec SMALL = JSON.readValue("""
			{"layers": [{"cell": "gru", "units": 4}], "bidirectional": true}""", NetworkSpec.class);

	private static final String TRIPS = """
			{"sequence": ["to", "rome"], "tags": ["O", "B-city"]}
			{"sequence": ["to", "new", "york", "now"], "tags": ["O", "B-city", "I-city", "O"]}
			{"sequence": "from rome", "tags": "O B-city"}
			{"sequence": "to oslo", "tags": ["O", "B-city"]}
			""";

	@ParameterizedTest
	@ValueSource(strings = { """
			CSV|sequence,tags
			to rome,O B-city
			"[""to"", ""new"", ""york"", ""now""]","[""O"", ""B-city"", ""I-city"", ""O""]"
			from rome,O  B-city
			to oslo,O B-city
			""", "TSV|sequence\ttags\nto rome\tO B-city\nto new york now\tO B-city I-city O\nfrom rome\t[\"O\", "
			+ "\"B-city\"]\nto oslo\tO B-city\n" })
	void readsTablesAsJsonLines(String table) {
		String[] parts = table.split("\\|");
		Batch batch = prepare(DataFormat.valueOf(parts[0]), parts[1]).training().batch(0, 1, 2);
		Batch expected = prepare(DataFormat.JSONL, TRIPS).training().batch(0, 1, 2);
		assertThat(((Targets.Classes) batch.targets()).ids()).isEqualTo(((Targets.Classes) expected.targets()).ids());
		assertThat(batch.inputs()).usingRecursiveComparison().isEqualTo(expected.inputs());
	}

	@Test
	void tagsThatAreNumbersKeepTheirSpelling() {
		PreparedTagging prepared = prepare(DataFormat.CSV,
				"sequence,tags\na b,007 1.50\nb,1.50\na,007\nb,1.50\na b a,007 1.50 007\n");
		assertThat(prepared.names()).containsExactly("007", "1.50");
	}

	@Test
	void stepsOfEveryLengthAreCounted() {
		PreparedTagging prepared = prepare(DataFormat.JSONL, TRIPS);
		int targets = 0;
		for (int i = 0; i < prepared.training().size(); i++) {
			assertThat(prepared.training().targets(i)).isEqualTo(prepared.training().steps(i));
			targets += prepared.training().targets(i);
		}
		for (int i = 0; i < prepared.validation().size(); i++) {
			targets += prepared.validation().targets(i);
		}
		assertThat(targets).isEqualTo(10);
	}

	@Test
	void answersEachStepWithATagAndItsProbability() {
		JsonNode predictions = predict(prepare(DataFormat.JSONL, TRIPS), "[\"to rome, now\", [\"to\"]]");
		assertThat(predictions.at("/0/tags")).hasSize(4)
			.allSatisfy((tag) -> assertThat(tag.asString()).isIn("O", "B-city", "I-city"));
		assertThat(predictions.at("/0/probabilities")).hasSize(4)
			.allSatisfy((probability) -> assertThat(probability.doubleValue()).isBetween(1 / 3.0, 1.0));
		assertThat(predictions.at("/0/tokens").valueStream().map(JsonNode::asString)).containsExactly("to", "rome", ",",
				"now");
		assertThat(predictions.at("/1/tags")).hasSize(1);
		assertThat(predictions.get(1).has("tokens")).isFalse();
	}

	@Test
	void answersWordsThatItHasNotSeenAllAlike() {
		JsonNode predictions = predict(prepare(DataFormat.JSONL, TRIPS), "[[\"to\", \"lima\"], [\"to\", \"quito\"]]");
		assertThat(predictions.get(0)).isEqualTo(predictions.get(1));
	}

	@Test
	void tagsStepsOfNumbers() {
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 12; i++) {
			lines.append("{\"sequence\": [[1, 2], [3, " + i + "]], \"tags\": [\"low\", \"high\"]}\n");
		}
		PreparedTagging prepared = prepare(DataFormat.JSONL, lines.toString());
		assertThat(predict(prepared, "[[[1, 2], [3, 4], [5, 6]]]").at("/0/tags")).hasSize(3);
		Evaluation evaluation = evaluate(prepared);
		assertThat(evaluation.metrics()).containsOnlyKeys("accuracy");
		// "high" comes first, and is as frequent as "low"
		assertThat(evaluation.baseline().metrics().get("accuracy")).isEqualTo(0.5);
	}

	@Test
	void naivelyATokenHasTheTagThatItMostlyHas() {
		String lines = """
				{"sequence": "may i go to may", "tags": ["O", "O", "O", "O", "B-date"]}
				{"sequence": "may may", "tags": ["B-date", "B-date"]}
				{"sequence": "go to rome", "tags": ["O", "O", "B-city"]}
				{"sequence": "i go to rome in may", "tags": ["O", "O", "O", "B-city", "O", "B-date"]}
				""";
		PreparedTagging prepared = prepare(DataFormat.JSONL, lines.repeat(10)
				+ "{\"sequence\": \"may rome see lima\", \"tags\": [\"O\", \"B-city\", \"O\", \"B-city\"]}\n");
		CommonTags common = new CommonTags(prepared.sequences(), prepared.tags(), prepared.names().size());
		int[] answer = common
			.answer(prepared.sequences().encoder().encode(new Sequence.Text("may rome go nowhere"), "/sequence"));
		List<String> names = Arrays.stream(answer).mapToObj(prepared.names()::get).toList();
		assertThat(names).containsExactly("B-date", "B-city", "O", "O");
	}

	@Test
	void skillIsByF1WhereTagsMarkSpans() {
		Evaluation evaluation = evaluate(prepare(DataFormat.JSONL, TRIPS.repeat(10)));
		assertThat(evaluation.metrics()).containsKeys("accuracy", "precision", "recall", "f1", "f1.city");
		double f1 = evaluation.metrics().get("f1");
		double naive = evaluation.baseline().metrics().get("f1");
		// every word of these has one tag only
		assertThat(naive).isEqualTo(1);
		assertThat(evaluation.skill()).isNull();
		assertThat(f1).isBetween(0.0, 1.0);
		Evaluation ambiguous = evaluate(prepare(DataFormat.JSONL, (TRIPS + """
				{"sequence": ["york", "rome", "to"], "tags": ["B-city", "O", "B-city"]}
				""").repeat(10)));
		assertThat(ambiguous.skill()).isCloseTo(
				1 - (1 - ambiguous.metrics().get("f1")) / (1 - ambiguous.baseline().metrics().get("f1")),
				within(1e-12));
	}

	private static PreparedTagging prepare(DataFormat format, String text) {
		return (PreparedTagging) JSON.readValue("{\"type\": \"tagging\"}", TaskSpec.class)
			.prepare(DataSource.of(format, text), SMALL, new Split(0.1, null, 1));
	}

	/** An untrained network's evaluation. */
	private static Evaluation evaluate(PreparedTagging prepared) {
		return prepared.evaluate(untrained(prepared));
	}

	private static JsonNode predict(PreparedTagging prepared, String sequences) {
		return JSON.valueToTree(prepared.fitted()
			.tagger(untrained(prepared))
			.predict(JSON.readValue("{\"sequences\": " + sequences + "}", PredictRequest.class)));
	}

	private static SequenceNetwork untrained(PreparedTagging prepared) {
		try (var network = prepared.architecture().trainable(OptimizerSpec.standard(), GradientClipping.none(), 3)) {
			return network.serving();
		}
	}

}
