package io.unfold.task.regression;

import java.util.List;
import java.util.Random;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Evaluation;
import io.unfold.task.PredictRequest;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.training.Checkpoints;
import io.unfold.training.EpochMetrics;
import io.unfold.training.MiniBatchTrainer;
import io.unfold.training.TrainedModel;
import io.unfold.training.TrainingListener;
import io.unfold.training.TrainingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RegressionTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	@Test
	void answersEveryStepWithWhatItSawBefore() {
		TrainedModel model = train("{\"type\": \"regression\", \"everyStep\": true, \"washout\": 1}", echoes(0, false),
				40);
		assertThat(model.evaluation().skill()).isGreaterThan(0.8);
		JsonNode values = values(model, "[[0.5, 0.1, 0.9, 0.2, 0.7], [0.3, 0.6]]");
		assertThat(values.get(0).get("value")).hasSize(5);
		assertThat(values.get(1).get("value")).hasSize(2);
		assertThat(values.at("/0/value/3").doubleValue()).isCloseTo(9, within(1.5));
		assertThat(values.at("/1/value/1").doubleValue()).isCloseTo(3, within(1.5));
	}

	@Test
	void whatIsInTheWashoutChangesNothing() {
		String task = "{\"type\": \"regression\", \"everyStep\": true, \"washout\": 1}";
		TrainedModel model = train(task, echoes(0, false), 2);
		TrainedModel other = train(task, echoes(1e6, false), 2);
		assertThat(other.fitted()).isEqualTo(model.fitted());
		assertThat(other.evaluation()).isEqualTo(model.evaluation());
		assertThat(values(other, "[[0.5, 0.1]]")).isEqualTo(values(model, "[[0.5, 0.1]]"));
		TrainedModel without = train("{\"type\": \"regression\", \"everyStep\": true}", echoes(1e6, false), 2);
		assertThat(without.evaluation().metrics().get("rmse")).isGreaterThan(1e4);
	}

	@Test
	void answersWithListsWhereTargetsAreLists() {
		TrainedModel steps = train("{\"type\": \"regression\", \"everyStep\": true}", echoes(0, true), 1);
		JsonNode value = values(steps, "[[0.5, 0.1, 0.2]]").at("/0/value");
		assertThat(value).hasSize(3);
		assertThat(value).allSatisfy((step) -> assertThat(step).hasSize(2));
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 10; i++) {
			ObjectNode example = examples.addObject();
			example.putArray("sequence").add(i);
			example.putArray("target").add(i);
		}
		TrainedModel once = train("{\"type\": \"regression\"}", examples, 1);
		assertThat(values(once, "[[3], [4]]").at("/1/value")).hasSize(1).allMatch(JsonNode::isNumber);
	}

	@Test
	void errorsAreInTheUnitOfTheTargets() {
		ArrayNode examples = JSON.createArrayNode();
		Random random = new Random(4);
		for (int i = 0; i < 200; i++) {
			double x = random.nextGaussian();
			examples.addObject().put("target", 5000 + 100 * x).putArray("sequence").add(x).add(x);
		}
		Evaluation evaluation = train("{\"type\": \"regression\"}", examples, 30).evaluation();
		assertThat(evaluation.baseline().name()).isEqualTo("training mean");
		assertThat(evaluation.baseline().metrics().get("rmse")).isBetween(60.0, 150.0);
		assertThat(evaluation.baseline().metrics().get("nrmse")).isCloseTo(1, within(0.1));
		double rmse = evaluation.metrics().get("rmse");
		assertThat(rmse).isBetween(0.1, 40.0);
		assertThat(evaluation.metrics().get("mse")).isCloseTo(rmse * rmse, within(1e-9));
		assertThat(evaluation.skill()).isCloseTo(1 - rmse / evaluation.baseline().metrics().get("rmse"), within(1e-12));
	}

	@ParameterizedTest
	@ValueSource(strings = {
			"CSV|sequence,target\n0.5 0.25,1 2\n\"[[0.5], [0.75]]\",\"[3, 5]\"\n0.5;0.25,1;2\n0.5 0.25,1 2\n",
			"TSV|sequence\ttarget\n0.5 0.25\t1 2\n[0.5, 0.75]\t[3, 5]\n0.5 0.25\t1 2\n0.5 0.25\t1 2\n" })
	void readsTablesAsJsonLines(String table) {
		String jsonl = """
				{"sequence": [0.5, 0.25], "target": [1, 2]}
				{"sequence": [0.5, 0.75], "target": [3, 5]}
				{"sequence": [0.5, 0.25], "target": [1, 2]}
				{"sequence": [0.5, 0.25], "target": [1, 2]}
				""";
		String[] parts = table.split("\\|");
		for (String task : List.of("{\"type\": \"regression\"}", "{\"type\": \"regression\", \"everyStep\": true}")) {
			Batch batch = batch(task, DataFormat.valueOf(parts[0]), parts[1]);
			Batch expected = batch(task, DataFormat.JSONL, jsonl);
			assertThat(((Targets.Values) batch.targets()).data())
				.isEqualTo(((Targets.Values) expected.targets()).data());
			assertThat(((Sequences.Values) batch.inputs()).data())
				.isEqualTo(((Sequences.Values) expected.inputs()).data());
		}
	}

	@Test
	void readsANumberOfATable() {
		Batch batch = batch("{\"type\": \"regression\", \"tokens\": \"characters\"}", DataFormat.CSV,
				"sequence,target\nabc,1.5\nab,2.5\ncab,1\nb,2\n");
		assertThat(((Targets.Values) batch.targets()).data()).hasSize(3);
		assertThat(batch.inputs()).isInstanceOf(Sequences.Tokens.class);
	}

	@Test
	void refusesAWashoutWhereThereIsOneAnswer() {
		assertThatThrownBy(() -> JSON.readValue("{\"type\": \"regression\", \"washout\": 3}", TaskSpec.class))
			.hasMessageContaining("needs 'everyStep'");
		assertThatThrownBy(() -> JSON.readValue("{\"type\": \"regression\", \"everyStep\": true, \"washout\": -1}",
				TaskSpec.class))
			.hasMessageContaining("must be between 0");
	}

	@Test
	void refusesToAnswerWhatLeadsToNoNumber() {
		TrainedModel model = train("{\"type\": \"regression\"}", narrow(), 1);
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> values(model, "[[[0.1, 0.1]], [[3e38, 3e38]]]"))
			.satisfies((fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/sequences/1/0"));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> values(model, "[[[0.1, 0.1]], [\"a\"]]"))
			.satisfies((fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/sequences/1"));
	}

	/**
	 * Ten times what was seen a step before.
	 * @param first the target of the first step, before which nothing was seen
	 */
	private static ArrayNode echoes(double first, boolean lists) {
		Random random = new Random(2);
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 100; i++) {
			ObjectNode example = examples.addObject();
			ArrayNode sequence = example.putArray("sequence");
			ArrayNode target = example.putArray("target");
			double before = first / 10;
			for (int t = 0; t < 3 + i % 6; t++) {
				if (lists) {
					target.addArray().add(10 * before).add(t);
				}
				else {
					target.add(10 * before);
				}
				before = random.nextDouble();
				sequence.add(before);
			}
		}
		return examples;
	}

	/** Numbers with a tiny spread, so that others are very far from them. */
	private static ArrayNode narrow() {
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 10; i++) {
			examples.addObject().put("target", i).putArray("sequence").addArray().add(i * 1e-3).add(i % 3 * 1e-3);
		}
		return examples;
	}

	private static Batch batch(String task, DataFormat format, String text) {
		return JSON.readValue(task, TaskSpec.class)
			.prepare(DataSource.of(format, text), null, new Split(0.1, null, 1))
			.training()
			.batch(0, 1, 2);
	}

	private static TrainedModel train(String task, ArrayNode examples, int epochs) {
		TrainingPlan plan = JSON.readValue("""
				{"task": %s, "network": {"layers": [{"cell": "gru", "units": 16}]},
				 "training": {"epochs": %d, "batchSize": 8, "optimizer": {"type": "adam", "learningRate": 0.02}}}"""
			.formatted(task, epochs), TrainingPlan.class);
		return new MiniBatchTrainer().train(plan, DataSource.ofExamples(examples), new TrainingListener() {
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
		}, Checkpoints.none());
	}

	private static JsonNode values(TrainedModel model, String sequences) {
		Regressor regressor = (Regressor) model.task().trained(model.fitted(), model.network(), model.parameters());
		return JSON
			.valueToTree(regressor.predict(JSON.readValue("{\"sequences\": " + sequences + "}", PredictRequest.class)));
	}

}
