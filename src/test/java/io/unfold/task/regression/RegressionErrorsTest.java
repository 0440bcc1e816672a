package io.unfold.task.regression;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RegressionErrorsTest {

	@Test
	void areThoseOfAHandWorkedCase() {
		RegressionErrors errors = new RegressionErrors(1);
		double[] truth = { 1, 2, 3, 6 };
		double[] answers = { 2, 2, 1, 5 };
		for (int i = 0; i < truth.length; i++) {
			errors.add(new double[] { truth[i] }, new double[] { answers[i] });
		}
		// squares 1 + 0 + 4 + 1; the truth's mean is 3, its squares around it 4 + 1 + 0 +
		// 9
		assertThat(errors.metrics()).containsOnlyKeys("rmse", "mae", "mse", "r2", "nrmse");
		assertThat(errors.metrics().get("mse")).isCloseTo(1.5, within(1e-12));
		assertThat(errors.metrics().get("rmse")).isCloseTo(Math.sqrt(1.5), within(1e-12));
		assertThat(errors.metrics().get("mae")).isCloseTo(1, within(1e-12));
		assertThat(errors.metrics().get("r2")).isCloseTo(1 - 6.0 / 14, within(1e-12));
		assertThat(errors.metrics().get("nrmse")).isCloseTo(Math.sqrt(1.5) / Math.sqrt(3.5), within(1e-12));
	}

	@Test
	void varianceOfSeveralNumbersIsAroundTheMeanOfEach() {
		RegressionErrors errors = new RegressionErrors(2);
		errors.add(new double[] { 0, 100 }, new double[] { 1, 100 });
		errors.add(new double[] { 2, 104 }, new double[] { 2, 101 });
		// squares 1 + 9 over four numbers; around the means 1 + 1 + 4 + 4
		assertThat(errors.rmse()).isCloseTo(Math.sqrt(2.5), within(1e-12));
		assertThat(errors.metrics().get("r2")).isCloseTo(0, within(1e-12));
		assertThat(errors.metrics().get("nrmse")).isCloseTo(1, within(1e-12));
	}

	@Test
	void shareOfVarianceIsAbsentWhereThereIsNone() {
		RegressionErrors errors = new RegressionErrors(1);
		errors.add(new double[] { 4.2 }, new double[] { 4 });
		errors.add(new double[] { 4.2 }, new double[] { 5 });
		assertThat(errors.metrics()).containsOnlyKeys("rmse", "mae", "mse");
	}

}
