package io.unfold.training;

import java.util.ArrayList;
import java.util.List;

import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class LearningRateScheduleTest {

	private static final double PEAK = 0.5;

	@Test
	void constantIsThePeakAtEveryStep() {
		LearningRateSchedule schedule = LearningRateSchedule.constant();
		assertThat(schedule.ofEpoch(PEAK, losses(3, 2))).isEqualTo(PEAK);
		assertThat(schedule.rate(PEAK, 1234, 0.9)).isEqualTo(PEAK);
	}

	@Test
	void warmUpRisesLinearlyToWhatTheScheduleSays() {
		LearningRateSchedule schedule = read("{\"type\": \"constant\", \"warmupSteps\": 4}");
		assertThat(List.of(0, 1, 2, 3, 4).stream().map((step) -> schedule.rate(PEAK, step, 0)))
			.containsExactly(PEAK / 4, PEAK / 2, PEAK * 3 / 4, PEAK, PEAK);
		LearningRateSchedule cosine = read("{\"type\": \"cosine\", \"warmupSteps\": 10}");
		assertThat(cosine.rate(PEAK, 4, 0.5)).isCloseTo(PEAK / 4, within(1e-12));
	}

	@Test
	void stepMultipliesByGammaEverySoManyEpochs() {
		LearningRateSchedule schedule = read("{\"type\": \"step\", \"stepSize\": 2, \"gamma\": 0.1}");
		assertThat(schedule.ofEpoch(PEAK, losses(1))).isEqualTo(PEAK);
		assertThat(schedule.ofEpoch(PEAK, losses(1, 1))).isCloseTo(0.05, within(1e-12));
		assertThat(schedule.ofEpoch(PEAK, losses(1, 1, 1, 1, 1))).isCloseTo(0.005, within(1e-12));
	}

	@Test
	void exponentialMultipliesByGammaAfterEveryEpoch() {
		LearningRateSchedule schedule = read("{\"type\": \"exponential\", \"gamma\": 0.5}");
		assertThat(schedule.ofEpoch(PEAK, losses())).isEqualTo(PEAK);
		assertThat(schedule.ofEpoch(PEAK, losses(1, 1, 1))).isCloseTo(PEAK / 8, within(1e-12));
	}

	@Test
	void cosineFallsFromThePeakToTheMinimum() {
		LearningRateSchedule schedule = read("{\"type\": \"cosine\", \"minLearningRate\": 0.1}");
		assertThat(schedule.rate(PEAK, 0, 0)).isEqualTo(PEAK);
		assertThat(schedule.rate(PEAK, 1, 1.0 / 3)).isCloseTo(0.1 + 0.4 * 0.75, within(1e-12));
		assertThat(schedule.rate(PEAK, 2, 0.5)).isCloseTo(0.3, within(1e-12));
		assertThat(schedule.rate(PEAK, 3, 1)).isCloseTo(0.1, within(1e-12));
	}

	@Test
	void linearFallsInAStraightLine() {
		LearningRateSchedule schedule = read("{\"type\": \"linear\"}");
		assertThat(schedule.rate(PEAK, 0, 0)).isEqualTo(PEAK);
		assertThat(schedule.rate(PEAK, 1, 0.25)).isCloseTo(0.375, within(1e-12));
		assertThat(schedule.rate(PEAK, 2, 1)).isZero();
	}

	@Test
	void inverseSquareRootIsHighestWhenTheWarmUpEnds() {
		LearningRateSchedule schedule = read("{\"type\": \"inverseSquareRoot\", \"warmupSteps\": 100}");
		assertThat(schedule.rate(PEAK, 49, 0)).isCloseTo(PEAK / 2, within(1e-12));
		assertThat(schedule.rate(PEAK, 99, 0)).isCloseTo(PEAK, within(1e-12));
		assertThat(schedule.rate(PEAK, 399, 0)).isCloseTo(PEAK / 2, within(1e-12));
	}

	@Test
	void plateauReducesTheRateWhenTheLossHasNotFallenForAsLongAsPatienceAllows() {
		LearningRateSchedule schedule = read("""
				{"type": "reduceOnPlateau", "factor": 0.5, "patience": 2, "minDelta": 0.1, "minLearningRate": 0.2}""");
		assertThat(schedule.ofEpoch(PEAK, losses(3, 2, 1, 1))).isEqualTo(PEAK);
		// lower by less than minDelta is not lower
		assertThat(schedule.ofEpoch(PEAK, losses(3, 2, 1, 0.95, 0.93))).isEqualTo(0.25);
		// waiting begins anew after a reduction
		assertThat(schedule.ofEpoch(PEAK, losses(3, 2, 1, 1, 1, 1))).isEqualTo(0.25);
		assertThat(schedule.ofEpoch(PEAK, losses(3, 2, 1, 1, 1, 1, 1))).isEqualTo(0.2);
	}

	@Test
	void plateauWatchesTheTrainingLossWhereNothingIsHeldOut() {
		LearningRateSchedule schedule = read("{\"type\": \"reduceOnPlateau\", \"patience\": 1}");
		List<EpochMetrics> history = List.of(new EpochMetrics(1, 1, null, null, 1, 1, null, null),
				new EpochMetrics(2, 2, null, null, 1, 1, null, null));
		assertThat(schedule.ofEpoch(PEAK, history)).isCloseTo(0.05, within(1e-12));
	}

	@Test
	void everyNumberIsBounded() {
		assertRefused("{\"type\": \"step\", \"stepSize\": 0}", "stepSize");
		assertRefused("{\"type\": \"exponential\", \"gamma\": 1.5}", "gamma");
		assertRefused("{\"type\": \"cosine\", \"minLearningRate\": -1}", "minLearningRate");
		assertRefused("{\"type\": \"linear\", \"warmupSteps\": -1}", "warmupSteps");
		assertRefused("{\"type\": \"inverseSquareRoot\"}", "warmupSteps");
		assertRefused("{\"type\": \"reduceOnPlateau\", \"factor\": 1}", "factor");
		assertRefused("{\"type\": \"reduceOnPlateau\", \"patience\": 0}", "patience");
	}

	@Test
	void isReadBackAsItWasWritten() {
		for (String type : List.of("constant", "step", "exponential", "cosine", "linear", "reduceOnPlateau")) {
			LearningRateSchedule schedule = read("{\"type\": \"" + type + "\", \"warmupSteps\": 7}");
			String json = JsonMapper.shared().writerFor(LearningRateSchedule.class).writeValueAsString(schedule);
			assertThat(read(json)).as(json).isEqualTo(schedule);
		}
	}

	private static void assertRefused(String json, String field) {
		assertThatThrownBy(() -> read(json)).as(json)
			.rootCause()
			.isInstanceOfSatisfying(InvalidFieldException.class, (fault) -> assertThat(fault.field()).isEqualTo(field));
	}

	private static List<EpochMetrics> losses(double... validation) {
		List<EpochMetrics> history = new ArrayList<>();
		for (double loss : validation) {
			history.add(new EpochMetrics(history.size() + 1, 9, loss, null, 1, 1, null, null));
		}
		return history;
	}

	private static LearningRateSchedule read(String json) {
		return JsonMapper.shared().readValue(json, LearningRateSchedule.class);
	}

}
