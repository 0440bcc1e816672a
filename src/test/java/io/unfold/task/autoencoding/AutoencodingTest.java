package io.unfold.task.autoencoding;

import java.util.List;
import java.util.Random;

import io.unfold.data.DataSource;
import io.unfold.nn.network.EncoderDecoderSpec;
import io.unfold.problem.InvalidRequestException;
import io.unfold.training.Checkpoints;
import io.unfold.training.EpochMetrics;
import io.unfold.training.MiniBatchTrainer;
import io.unfold.training.TrainedModel;
import io.unfold.training.TrainingListener;
import io.unfold.training.TrainingPlan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

class AutoencodingTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final TrainedModel LINES = train("{\"type\": \"autoencoding\"}", lines(120, 20), 60);

	private static final TrainedModel WORDS = train("{\"type\": \"autoencoding\"}", words(), 30);

	@Test
	void anomaliesAreTrainedOnInNoWay() {
		JsonNode offset = LINES.fitted().at("/encoder/normalizer/offset/0");
		// those of the anomalies are about a million
		assertThat(offset.doubleValue()).isBetween(0.3, 0.7);
		assertThat(LINES.fitted().get("threshold").doubleValue()).isLessThan(1);
		assertThat(LINES.history()).allSatisfy((epoch) -> assertThat(epoch.validationLoss()).isLessThan(10));
		assertThat(LINES.evaluation().metrics().get("rmse")).isLessThan(1);
	}

	@Test
	void allAnomaliesAreJudgedBesideTheHeldOutSequences() {
		// a tenth of 120 sequences, and 20 anomalies
		assertThat(LINES.evaluation().examples()).isEqualTo(32);
		assertThat(LINES.evaluation().metrics()).containsEntry("auroc", 1.0).containsEntry("recall", 1.0);
		assertThat(LINES.evaluation().baseline().metrics()).containsEntry("auroc", 1.0);
		assertThat(train("{\"type\": \"autoencoding\"}", lines(20, 0), 1).evaluation().metrics())
			.containsKeys("error", "rmse", "threshold")
			.doesNotContainKeys("auroc", "recall");
	}

	@Test
	void thresholdIsTheQuantileOfTheErrorsThatAreHeldOut() {
		for (double quantile : new double[] { 0, 0.5, 1 }) {
			TrainedModel model = train("{\"type\": \"autoencoding\", \"anomalyQuantile\": " + quantile + "}",
					lines(110, 1), 2);
			assertThat(model.evaluation().on()).isEqualTo("validation");
			assertThat(model.evaluation().metrics().get("falsePositiveRate")).isCloseTo(1 - quantile, within(0.1));
			assertThat(trained(model).threshold()).isEqualTo(model.fitted().get("threshold").doubleValue());
		}
	}

	@Test
	void skillIsByTheErrorThatScoresAreMadeOf() {
		double error = LINES.evaluation().metrics().get("error");
		double naive = LINES.evaluation().baseline().metrics().get("error");
		assertThat(naive).isBetween(0.5, 1.5);
		assertThat(LINES.evaluation().skill()).isCloseTo(1 - error / naive, within(1e-12)).isGreaterThan(0.8);
	}

	@Test
	void reconstructionHasTheFormOfTheSequence() {
		Autoencoder model = trained(LINES);
		JsonNode scores = score(model, "[[0.2, 0.4, 0.6], [[0.2], [0.4], [0.6]], [0.5]]", true);
		assertThat(scores).hasSize(3);
		assertThat(scores.at("/0/reconstruction")).hasSize(3).allMatch(JsonNode::isNumber);
		assertThat(scores.at("/1/reconstruction")).hasSize(3).allMatch((step) -> step.isArray() && step.size() == 1);
		assertThat(scores.at("/1/reconstruction/2/0")).isEqualTo(scores.at("/0/reconstruction/2"));
		assertThat(scores.at("/0/reconstruction/2").doubleValue()).isCloseTo(0.6, within(0.2));
		assertThat(scores.at("/2/reconstruction")).hasSize(1);
		assertThat(scores.get(0).has("tokens")).isFalse();
	}

	@Test
	void stepErrorsTellWhereASequenceIsOdd() {
		Autoencoder model = trained(LINES);
		JsonNode odd = score(model, "[[0.2, 0.3, 1.9, 0.5, 0.6]]", true).get(0);
		JsonNode errors = odd.get("stepErrors");
		assertThat(errors).hasSize(5);
		assertThat(odd.get("anomaly").booleanValue()).isTrue();
		double squares = 0;
		for (JsonNode error : errors) {
			assertThat(error.doubleValue()).isLessThanOrEqualTo(errors.get(2).doubleValue());
			squares += error.doubleValue() * error.doubleValue();
		}
		assertThat(odd.get("error").doubleValue()).isCloseTo(Math.sqrt(squares / 5), within(1e-9));
		JsonNode bare = score(model, "[[0.2, 0.3, 1.9, 0.5, 0.6]]", false).get(0);
		assertThat(bare.propertyNames()).containsExactly("error", "anomaly");
		assertThat(bare.get("error")).isEqualTo(odd.get("error"));
		assertThat(score(model, "[[0.2, 0.3, 0.4, 0.5, 0.6]]", false).at("/0/anomaly").booleanValue()).isFalse();
	}

	@Test
	void codesHaveOneLengthAndAreNearForWhatIsAlike() {
		List<float[]> codes = trained(LINES)
			.encode(JSON.readTree("[[0.2, 0.4, 0.6], [0.21, 0.4, 0.61], [0.9, 0.5, 0.1], [0.2, 0.4, 0.6, 0.8]]"));
		assertThat(codes).hasSize(4).allSatisfy((code) -> assertThat(code).hasSize(4));
		assertThat(distance(codes.get(0), codes.get(1))).isLessThan(distance(codes.get(0), codes.get(2)) / 4);
	}

	private static double distance(float[] a, float[] b) {
		double squares = 0;
		for (int k = 0; k < a.length; k++) {
			squares += (a[k] - b[k]) * (a[k] - b[k]);
		}
		return Math.sqrt(squares);
	}

	@Test
	void tokensAreReconstructedAndJudgedByTheirProbabilities() {
		assertThat(WORDS.evaluation().metrics().get("accuracy")).isGreaterThan(0.95);
		assertThat(WORDS.evaluation().metrics().get("exactMatch")).isGreaterThan(0.8);
		assertThat(WORDS.evaluation().metrics().get("perplexity")).isLessThan(1.5);
		assertThat(WORDS.evaluation().metrics().get("auroc")).isGreaterThan(0.95);
		assertThat(WORDS.evaluation().baseline().name()).isEqualTo("most frequent token");
		assertThat(WORDS.evaluation().baseline().metrics().get("accuracy")).isLessThan(0.5);
		JsonNode scores = score(trained(WORDS), """
				["open read close", ["open", "read", "close"], "close read open", "open steal close"]""", true);
		assertThat(scores.at("/0/tokens").toString()).isEqualTo("[\"open\",\"read\",\"close\"]");
		assertThat(scores.at("/0/reconstruction").toString()).isEqualTo("[\"open\",\"read\",\"close\"]");
		assertThat(scores.get(1).has("tokens")).isFalse();
		assertThat(scores.at("/1/error")).isEqualTo(scores.at("/0/error"));
		assertThat(scores.at("/2/error").doubleValue()).isGreaterThan(scores.at("/0/error").doubleValue());
		// a token that was never seen
		assertThat(scores.at("/3/anomaly").booleanValue()).isTrue();
		assertThat(scores.at("/3/stepErrors/1").doubleValue())
			.isGreaterThan(scores.at("/3/stepErrors/0").doubleValue());
	}

	@Test
	void onlyTokensHaveVectors() {
		assertThat(((EncoderDecoderSpec) WORDS.network()).embedding()).isEqualTo(128);
		assertThat(((EncoderDecoderSpec) LINES.network()).embedding()).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			null                    | /sequences     | must be a list of sequences
			[]                      | /sequences     | at least one
			[[]]                    | /sequences/0   | at least one step
			[[0.1], "a b"]          | /sequences/1   | must be steps of 1 numbers
			[[0.1, null]]           | /sequences/0/1 | must be a number
			[[[0.1, 0.2]]]          | /sequences/0   | has 2 numbers at each step where the others have 1
			""")
	void saysWhatIsWrongWithARequest(String sequences, String pointer, String detail) {
		Autoencoder model = trained(LINES);
		JsonNode list = JSON.readTree(sequences);
		for (Runnable call : List.<Runnable>of(() -> model.encode(list), () -> model.score(list, true))) {
			InvalidRequestException fault = catchThrowableOfType(InvalidRequestException.class, call::run);
			assertThat(fault.violations().get(0).pointer()).isEqualTo(pointer);
			assertThat(fault.violations().get(0).detail()).contains(detail);
		}
	}

	private static JsonNode score(Autoencoder model, String sequences, boolean reconstruction) {
		return JSON.valueToTree(model.score(JSON.readTree(sequences), reconstruction));
	}

	/** Numbers of which each is as far from the one before; anomalies are far off. */
	private static ArrayNode lines(int normal, int odd) {
		Random random = new Random(7);
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < normal + odd; i++) {
			double value = random.nextDouble() + ((i < normal) ? 0 : 1e6);
			double slope = (random.nextDouble() - 0.5) / 2;
			ArrayNode sequence = examples.addObject().put("anomaly", i >= normal).putArray("sequence");
			for (int t = 0; t < 3 + i % 4; t++) {
				sequence.add(value + slope * t);
			}
		}
		return examples;
	}

	/** What is done to files, in order; anomalies are out of order. */
	private static ArrayNode words() {
		Random random = new Random(8);
		ArrayNode examples = JSON.createArrayNode();
		for (int i = 0; i < 220; i++) {
			StringBuilder text = new StringBuilder("open");
			for (int t = 0; t < 1 + i % 3; t++) {
				text.append((i % 2 == 0) ? " read" : " write");
			}
			text.append(" close");
			boolean odd = i >= 200;
			if (odd) {
				text = new StringBuilder(random.nextBoolean() ? "close open read" : "read read close open");
			}
			examples.addObject().put("anomaly", odd ? 1 : 0).put("sequence", text.toString());
		}
		return examples;
	}

	private static Autoencoder trained(TrainedModel model) {
		return (Autoencoder) model.task().trained(model.fitted(), model.network(), model.parameters());
	}

	private static TrainedModel train(String task, ArrayNode examples, int epochs) {
		TrainingPlan plan = JSON.readValue("""
				{"task": %s,
				 "network": {"encoder": {"layers": [{"cell": "gru", "units": 16}]},
				             "decoder": {"layers": [{"cell": "gru", "units": 16}]}, "code": 4},
				 "training": {"epochs": %d, "batchSize": 16, "optimizer": {"type": "adam", "learningRate": 0.02}}}"""
			.formatted(task, epochs), TrainingPlan.class);
		return new MiniBatchTrainer().train(plan, DataSource.ofExamples(examples), new Silence(), Checkpoints.none());
	}

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

}
