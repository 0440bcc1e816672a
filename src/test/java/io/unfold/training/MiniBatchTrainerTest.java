package io.unfold.training;

import java.util.Locale;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

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

	private static TrainedModel train(String training) {
		TrainingPlan plan = JsonMapper.shared()
			.readValue("""
					{"task": {"type": "forecasting", "target": "x", "context": 12, "differencing": false},
					 "network": {"layers": [{"cell": "gru", "units": 8}]}, "training": %s}""".formatted(training),
					TrainingPlan.class);
		return new MiniBatchTrainer().train(plan, WAVE, DEAF, Checkpoints.none());
	}

}
