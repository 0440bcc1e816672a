package io.unfold.task.forecasting;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ForecastErrorsTest {

	@Test
	void areThoseOfThePapers() {
		ForecastErrors errors = new ForecastErrors();
		errors.add(10, 12, 4);
		errors.add(20, 16, 4);
		errors.add(0, 0, 0);
		assertThat(errors.metrics()).containsOnlyKeys("rmse", "mae", "smape", "mase");
		assertThat(errors.metrics().get("rmse")).isCloseTo(Math.sqrt(20 / 3.0), within(1e-12));
		assertThat(errors.metrics().get("mae")).isEqualTo(2);
		// 2 * 2 / 22 and 2 * 4 / 36
		assertThat(errors.metrics().get("smape")).isCloseTo((4 / 22.0 + 8 / 36.0) / 3, within(1e-12));
		// of the two values whose scale is known
		assertThat(errors.metrics().get("mase")).isEqualTo((0.5 + 1) / 2);
	}

	@Test
	void intervalsArePunishedForWhatTheyMissAndForTheirWidth() {
		ForecastErrors errors = new ForecastErrors();
		for (double truth : new double[] { 1, 2, 3, 7 }) {
			errors.add(truth, 2, Double.NaN);
			errors.addInterval(truth, 1, 3, 0.8);
		}
		assertThat(errors.metrics()).containsEntry("coverage", 0.75)
			.containsEntry("intervalWidth", 2.0)
			.doesNotContainKey("mase");
		// 2 / 0.2 times 4 that is outside, of four
		assertThat(errors.metrics().get("intervalScore")).isCloseTo(2 + 10 * 4 / 4.0, within(1e-9));
	}

}
