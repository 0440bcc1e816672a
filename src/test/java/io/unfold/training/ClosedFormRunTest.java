package io.unfold.training;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.nn.network.Readout;
import io.unfold.nn.network.StackSpec;
import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Jobs whose networks are reservoirs, from the request's JSON to the model. */
class ClosedFormRunTest {

	private static final String RESERVOIR = "{\"layers\": [{\"cell\": \"reservoir\", \"units\": 50}]%s}";

	private final Recorder recorder = new Recorder();

	private final MiniBatchTrainer trainer = new MiniBatchTrainer();

	private static TrainingPlan plan(String task, String network, String training) {
		return JsonMapper.shared()
			.readValue("{\"task\": %s, \"network\": %s, \"training\": %s}".formatted(task, network, training),
					TrainingPlan.class);
	}

	/** Rising and falling sequences of three to eight numbers. */
	private static DataSource slopes() {
		SplittableRandom random = new SplittableRandom(7);
		StringBuilder lines = new StringBuilder();
		for (int i = 0; i < 200; i++) {
			double slope = random.nextDouble(0.05, 1) * ((i % 2 == 0) ? 1 : -1);
			List<Double> steps = new ArrayList<>();
			for (int t = 0; t < 3 + i % 6; t++) {
				steps.add(slope * t + random.nextDouble(-0.3, 0.3));
			}
			lines.append("{\"sequence\": ")
				.append(steps)
				.append(", \"label\": \"")
				.append((slope > 0) ? "up" : "down")
				.append("\"}\n");
		}
		return DataSource.of(DataFormat.JSONL, lines.toString());
	}

	private static final String CLASSIFICATION = "{\"type\": \"classification\"}";

	@Test
	void classifiesAfterOneEpoch() {
		TrainedModel model = this.trainer.train(
				plan(CLASSIFICATION, RESERVOIR.formatted(", \"readout\": {\"ridge\": 0.1}"), "{\"epochs\": 30}"),
				slopes(), this.recorder, Checkpoints.none());
		assertThat(model.evaluation().metrics().get("accuracy")).isGreaterThan(0.9);
		assertThat(model.evaluation().metrics().get("crossEntropy")).isLessThan(0.4);
		assertThat(((StackSpec) model.network()).readout()).isEqualTo(new Readout(0.1));
		assertThat(model.history()).hasSize(1).isEqualTo(this.recorder.epochs);
		assertThat(model.history().get(0).epoch()).isEqualTo(1);
		assertThat(model.history().get(0).trainLoss()).isBetween(0.0, 0.4);
		assertThat(model.history().get(0).validationLoss()).isBetween(0.0, 0.5);
		assertThat(model.history().get(0).validationAccuracy()).isEqualTo(model.evaluation().metrics().get("accuracy"));
		assertThat(this.recorder.fractions).isNotEmpty().isSorted().allMatch((f) -> f >= 0 && f <= 1);
	}

	@Test
	void batchSizeMakesNoDifference() {
		List<Double> losses = new ArrayList<>();
		for (int batchSize : new int[] { 1, 7, 1000 }) {
			TrainedModel model = this.trainer.train(plan(CLASSIFICATION,
					RESERVOIR.formatted(", \"readout\": {\"ridge\": 0.1}"), "{\"batchSize\": %d}".formatted(batchSize)),
					slopes(), this.recorder, Checkpoints.none());
			losses.add(model.history().get(0).trainLoss());
		}
		assertThat(losses).usingElementComparator((a, b) -> (Math.abs(a - b) < 1e-5) ? 0 : 1)
			.containsOnly(losses.get(0));
	}

	@Test
	void forecasts() {
		StringBuilder rows = new StringBuilder("x\n");
		for (int t = 0; t < 400; t++) {
			rows.append(Math.sin(0.3 * t) + Math.sin(0.71 * t)).append('\n');
		}
		TrainedModel model = this.trainer.train(
				plan("{\"type\": \"forecasting\", \"target\": \"x\", \"horizon\": 5, \"context\": 40}",
						RESERVOIR.formatted(", \"bidirectional\": false"), "{}"),
				DataSource.of(DataFormat.CSV, rows.toString()), this.recorder, Checkpoints.none());
		assertThat(model.evaluation().skill()).isGreaterThan(0.9);
	}

	@Test
	void stopsBeforeAMiniBatchWhenCancelled() {
		this.recorder.cancelAfter = 3;
		assertThatThrownBy(() -> this.trainer.train(plan(CLASSIFICATION, RESERVOIR.formatted(""), "{\"batchSize\": 5}"),
				slopes(), this.recorder, Checkpoints.none()))
			.isInstanceOf(TrainingCancelledException.class);
		assertThat(this.recorder.asked).isEqualTo(4);
		assertThat(this.recorder.epochs).isEmpty();
	}

	@Test
	void failsWithTheRidgeWhereItIsTooSmall() {
		assertThatThrownBy(() -> this.trainer.train(
				plan("{\"type\": \"forecasting\", \"target\": \"x\", \"context\": 3}",
						RESERVOIR.formatted(", \"readout\": {\"ridge\": 0}"), "{}"),
				DataSource.of(DataFormat.CSV, "x\n" + "1\n2\n4\n".repeat(10)), this.recorder, Checkpoints.none()))
			.isInstanceOf(TrainingFailedException.class)
			.hasMessageContaining("readout.ridge is too small: with 0.0");
	}

	@Test
	void epochsDoNotCountInTheEstimate() {
		double one = seconds("{\"epochs\": 1}");
		assertThat(seconds("{\"epochs\": 100}")).isEqualTo(one);
	}

	private double seconds(String training) {
		return this.trainer.estimate(plan(CLASSIFICATION, RESERVOIR.formatted(""), training), slopes()).seconds();
	}

	@Test
	void truncatedBpttIsRefused() {
		TrainingPlan plan = plan(CLASSIFICATION, RESERVOIR.formatted(""),
				"{\"truncatedBptt\": {\"forward\": 50, \"backward\": 50}}");
		assertThatThrownBy(() -> this.trainer.estimate(plan, slopes())).isInstanceOfSatisfying(
				InvalidRequestException.class,
				(refusal) -> assertThat(refusal.violations().get(0).pointer()).isEqualTo("/training/truncatedBptt"));
	}

	private static final class Recorder implements TrainingListener {

		private final List<EpochMetrics> epochs = new ArrayList<>();

		private final List<Double> fractions = new ArrayList<>();

		private int cancelAfter = Integer.MAX_VALUE;

		private int asked;

		@Override
		public void progress(Progress progress) {
			this.fractions.add(progress.fraction());
		}

		@Override
		public void epoch(EpochMetrics metrics) {
			this.epochs.add(metrics);
		}

		@Override
		public boolean cancelled() {
			return ++this.asked > this.cancelAfter;
		}

	}

}
