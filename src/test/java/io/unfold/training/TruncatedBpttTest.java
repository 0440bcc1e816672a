package io.unfold.training;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TruncatedBpttTest {

	private static final DataSource SERIES = DataSource.of(DataFormat.CSV, "x\n" + "1\n2\n3\n".repeat(40));

	@Test
	void isAcceptedWhereNothingIsCut() {
		assertThat(new MiniBatchTrainer().estimate(plan(24, 50, 25), SERIES).examples()).isPositive();
	}

	@Test
	void isRefusedWhereGradientsWouldBeCut() {
		assertThatThrownBy(() -> new MiniBatchTrainer().estimate(plan(60, 50, 25), SERIES))
			.isInstanceOfSatisfying(InvalidRequestException.class, (refusal) -> {
				assertThat(refusal.violations().get(0).pointer()).isEqualTo("/training/truncatedBptt/backward");
				assertThat(refusal).hasMessageContaining("must be at least 59");
			});
	}

	@Test
	void neverGoesBackFurtherThanForward() {
		assertThatThrownBy(() -> new TruncatedBptt(5, 6)).isInstanceOf(InvalidFieldException.class);
	}

	private static TrainingPlan plan(int context, int forward, int backward) {
		return JsonMapper.shared()
			.readValue("""
					{"task": {"type": "forecasting", "target": "x", "context": %d},
					 "training": {"truncatedBptt": {"forward": %d, "backward": %d}}}""".formatted(context, forward,
					backward), TrainingPlan.class);
	}

}
