package io.unfold.data;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MissingValuesTest {

	private static final double NONE = Double.NaN;

	@Test
	void interpolatesBetweenNeighboursAndHoldsTheLast() {
		assertThat(filled(MissingValues.INTERPOLATE, NONE, 1, NONE, NONE, 4, 2, NONE, NONE)).containsExactly(NONE, 1, 2,
				3, 4, 2, 2, 2);
	}

	@Test
	void carriesTheLastForward() {
		assertThat(filled(MissingValues.FORWARD_FILL, NONE, 1, NONE, NONE, 4, 2, NONE)).containsExactly(NONE, 1, 1, 1,
				4, 2, 2);
	}

	@Test
	void leavesOtherColumnsAlone() {
		double[][] rows = { { 1, 1 }, { NONE, NONE }, { 3, 3 } };
		MissingValues.INTERPOLATE.fill(rows, 1);
		assertThat(rows[1][1]).isEqualTo(2);
		assertThat(rows[1][0]).isNaN();
	}

	@Test
	void onlyInterpolationTellsOfWhatComesAfter() {
		assertThat(MissingValues.INTERPOLATE.looksAhead()).isTrue();
		assertThat(MissingValues.FORWARD_FILL.looksAhead()).isFalse();
	}

	private static double[] filled(MissingValues missing, double... values) {
		double[][] rows = Arrays.stream(values).mapToObj((value) -> new double[] { value }).toArray(double[][]::new);
		missing.fill(rows, 0);
		return Arrays.stream(rows).mapToDouble((row) -> row[0]).toArray();
	}

}
