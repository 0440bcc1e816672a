package io.unfold.training;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PredictRequest;
import io.unfold.task.classification.Classifier;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

/** Trainings from the data to the model, or to their failure. */
class MiniBatchTrainerTest {

	private static final DataSource WAVE = DataSource.of(DataFormat.CSV, wave());

	/** Gradient descent, once an epoch, with a rate far above what converges. */
	private static final String DIVERGING = """
			{"epochs": %d, "batchSize": 1000, "optimizer": {"type": "sgd", "learningRate": 10, "momentum": 0},
			 "gradientClipping": {}, "seed": 3}""";

	private static final TrainingListener DEAF = new TrainingListener() {
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
	};

	private static String wave() {
		StringBuilder csv = new StringBuilder("x\n");
		for (int t = 0; t < 200; t++) {
			csv.append(String.format(Locale.ROOT, "%.4f%n", Math.sin(0.3 * t)));
		}
		return csv.toString();
	}

	@Test
	void failureBringsTheBestModelSoFar() {
		TrainingFailedException failure = catchThrowableOfType(TrainingFailedException.class,
				() -> train(DIVERGING.formatted(200)));
		assertThat(failure).hasMessageContaining("at learning rate 10.0");
		TrainedModel best = failure.best();
		assertThat(best).isNotNull();
		assertThat(best.history()).hasSizeGreaterThan(1);
		assertThat(best.evaluation().metrics().get("rmse")).isFinite();
		// each epoch moves further away than the one before
		TrainedModel first = train(DIVERGING.formatted(1));
		first.parameters()
			.byName()
			.forEach((name, tensor) -> assertThat(best.parameters().get(name).values()).isEqualTo(tensor.values()));
	}

	@Test
	void trainsThroughLongSequencesInWindows() {
		String training = """
				{"epochs": 10, "seed": 3, "optimizer": {"type": "adam", "learningRate": 0.01}, "truncatedBptt": %s}""";
		TrainedModel whole = train(training.formatted("null"));
		TrainedModel nothingCut = train(training.formatted("{\"forward\": 12, \"backward\": 12}"));
		TrainedModel cut = train(training.formatted("{\"forward\": 5, \"backward\": 3}"));
		assertThat(nothingCut.parameters().get("layer0.R").values())
			.isEqualTo(whole.parameters().get("layer0.R").values());
		assertThat(cut.parameters().get("layer0.R").values()).isNotEqualTo(whole.parameters().get("layer0.R").values());
		assertThat(cut.history().get(9).validationLoss()).isLessThan(0.5 * cut.history().get(0).validationLoss());
	}

	@Test
	void goesOnFromACheckpointBitForBitOnEverySchedule() {
		for (String schedule : List.of("{'type': 'cosine', 'warmupSteps': 5}", "{'type': 'step', 'stepSize': 1}",
				"{'type': 'inverseSquareRoot', 'warmupSteps': 7}",
				"{'type': 'reduceOnPlateau', 'patience': 1, 'minDelta': 0.5}")) {
			TrainingPlan plan = plan(
					"{'epochs': 4, 'learningRateSchedule': %s}".formatted(schedule).replace('\'', '"'));
			TrainedModel whole = new MiniBatchTrainer().train(plan, WAVE, DEAF, Checkpoints.none());
			Interruption interruption = new Interruption(2);
			long[] nanos = { 0 };
			Trainer trainer = new MiniBatchTrainer(() -> nanos[0] += 10_000_000_000L);
			assertThatThrownBy(() -> trainer.train(plan, WAVE, interruption, interruption))
				.isInstanceOf(TrainingCancelledException.class);
			assertThat(interruption.latest().orElseThrow().history()).hasSize(2);
			TrainedModel resumed = trainer.train(plan, WAVE, DEAF, interruption);
			whole.parameters()
				.byName()
				.forEach((name, tensor) -> assertThat(resumed.parameters().get(name).values()).as(schedule)
					.isEqualTo(tensor.values()));
			assertThat(resumed.history()).extracting(EpochMetrics::learningRate)
				.isEqualTo(whole.history().stream().map(EpochMetrics::learningRate).toList());
		}
	}

	@Test
	void refusesLabelSmoothingWhereThereAreNoLabelsOrNoGradients() {
		InvalidRequestException numbers = catchThrowableOfType(InvalidRequestException.class,
				() -> new MiniBatchTrainer().estimate(plan("{\"labelSmoothing\": 0.1}"), WAVE));
		assertThat(numbers.violations().get(0).pointer()).isEqualTo("/training/labelSmoothing");
		TrainingPlan reservoirs = JsonMapper.shared().readValue("""
				{"task": {"type": "classification"}, "network": {"layers": [{"cell": "reservoir", "units": 8}]},
				 "training": {"labelSmoothing": 0.1}}""", TrainingPlan.class);
		DataSource labelled = DataSource.of(DataFormat.JSONL,
				"{\"sequence\": [1], \"label\": \"a\"}\n{\"sequence\": [2], \"label\": \"b\"}\n".repeat(9));
		assertThat(catchThrowableOfType(InvalidRequestException.class,
				() -> new MiniBatchTrainer().estimate(reservoirs, labelled)))
			.hasMessageContaining("reservoirs");
	}

	@Test
	void aLongerTextTakesLongerAndNoMoreMemory() {
		TrainingPlan plan = JsonMapper.shared()
			.readValue("{\"task\": {\"type\": \"generation\"}, \"training\": {\"epochs\": 2}}", TrainingPlan.class);
		Trainer.Estimate some = new MiniBatchTrainer().estimate(plan,
				DataSource.of(DataFormat.TEXT, "a quick fox\n".repeat(1000)));
		Trainer.Estimate more = new MiniBatchTrainer().estimate(plan,
				DataSource.of(DataFormat.TEXT, "a quick fox\n".repeat(20_000)));
		assertThat(more.seconds()).isGreaterThan(10 * some.seconds());
		assertThat(more.memoryBytes()).isEqualTo(some.memoryBytes());
	}

	@Test
	void refusesScheduledSamplingWhereNothingIsWrittenTokenByToken() {
		InvalidRequestException refusal = catchThrowableOfType(InvalidRequestException.class,
				() -> new MiniBatchTrainer().estimate(plan("{\"scheduledSampling\": {}}"), WAVE));
		assertThat(refusal.violations().get(0).pointer()).isEqualTo("/training/scheduledSampling");
	}

	@Test
	void lossOfTheValidationIsWithoutLabelSmoothing() {
		DataSource certain = DataSource.of(DataFormat.JSONL,
				"{\"sequence\": [1], \"label\": \"a\"}\n{\"sequence\": [-1], \"label\": \"b\"}\n".repeat(40));
		TrainingPlan plan = JsonMapper.shared()
			.readValue(
					"""
							{"task": {"type": "classification"}, "network": {"layers": [{"cell": "gru", "units": 8}]},
							 "training": {"labelSmoothing": 0.2, "epochs": 60, "optimizer": {"type": "adam", "learningRate": 0.05}}}""",
					TrainingPlan.class);
		EpochMetrics last = new MiniBatchTrainer().train(plan, certain, DEAF, Checkpoints.none()).history().get(59);
		// the right class gets 0.9: its own 0.8 and half of 0.2
		assertThat(last.validationLoss()).isCloseTo(-Math.log(0.9), within(0.01));
		assertThat(last.trainLoss()).isCloseTo(-0.9 * Math.log(0.9) - 0.1 * Math.log(0.1), within(0.01));
	}

	@Test
	void balancedClassesAreAnsweredAsIfTheyOccurredAlike() {
		StringBuilder csv = new StringBuilder("sequence,label\n");
		for (int i = 0; i < 200; i++) {
			csv.append("a,").append((i % 10 == 0) ? "rare" : "common").append('\n');
		}
		DataSource data = DataSource.of(DataFormat.CSV, csv.toString());
		String plan = """
				{"task": {"type": "classification"}, "network": {"layers": [{"cell": "gru", "units": 2}]},
				 "training": {"epochs": 25, "batchSize": 20, "optimizer": {"type": "adam", "learningRate": 0.03},
				   "learningRateSchedule": {"type": "cosine"} %s}}""";
		assertThat(rare(plan.formatted(""), data)).isCloseTo(0.1, within(0.03));
		assertThat(rare(plan.formatted(", \"classWeights\": \"balanced\""), data)).isCloseTo(0.5, within(0.05));
		assertThat(rare(plan.formatted(", \"classWeights\": {\"rare\": 3}"), data)).isCloseTo(0.25, within(0.05));
	}

	/** The probability that a model has learned for the rare label. */
	private static double rare(String plan, DataSource data) {
		TrainedModel model = new MiniBatchTrainer().train(JsonMapper.shared().readValue(plan, TrainingPlan.class), data,
				DEAF, Checkpoints.none());
		Classifier classifier = (Classifier) model.task().trained(model.fitted(), model.network(), model.parameters());
		return classifier.predict(JsonMapper.shared().readValue("{\"sequences\": [\"a\"]}", PredictRequest.class))
			.get(0)
			.probabilities()
			.get("rare");
	}

	@Test
	void refusesClassWeightsWhereThereAreNoClassesToWeigh() {
		assertThatThrownBy(() -> train("{\"classWeights\": \"balanced\"}")).isInstanceOfSatisfying(
				InvalidRequestException.class,
				(fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/training/classWeights"));
	}

	private static TrainedModel train(String training) {
		return new MiniBatchTrainer().train(plan(training), WAVE, DEAF, Checkpoints.none());
	}

	private static TrainingPlan plan(String training) {
		return JsonMapper.shared()
			.readValue("""
					{"task": {"type": "forecasting", "target": "x", "context": 12, "differencing": false},
					 "network": {"layers": [{"cell": "gru", "units": 8}]}, "training": %s}""".formatted(training),
					TrainingPlan.class);
	}

	/** Stops training after so many epochs, and keeps its checkpoint. */
	private static final class Interruption implements TrainingListener, Checkpoints {

		private final int epochs;

		private int seen;

		private Checkpoint latest;

		Interruption(int epochs) {
			this.epochs = epochs;
		}

		@Override
		public void progress(Progress progress) {
		}

		@Override
		public void epoch(EpochMetrics metrics) {
			this.seen++;
		}

		@Override
		public boolean cancelled() {
			return this.seen == this.epochs;
		}

		@Override
		public Optional<Checkpoint> latest() {
			return Optional.ofNullable(this.latest);
		}

		@Override
		public void save(Checkpoint checkpoint) {
			this.latest = checkpoint;
		}

	}

}
