package io.unfold.data;

import java.util.Arrays;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FillingTest {

	private static final double NONE = Double.NaN;

	@Test
	void interpolatesBetweenNeighboursAndHoldsTheLast() {
		assertThat(filled(MissingValues.INTERPOLATE, NONE, 1, NONE, NONE, 4, 2, NONE, 6, NONE, NONE))
			.containsExactly(NONE, 1, 2, 3, 4, 2, 4, 6, 6, 6);
	}

	@Test
	void carriesTheLastForward() {
		assertThat(filled(MissingValues.FORWARD_FILL, NONE, 1, NONE, NONE, 4, 2, NONE)).containsExactly(NONE, 1, 1, 1,
				4, 2, 2);
	}

	@Test
	void looksAheadOnceInAGap() {
		int[] looks = { 0 };
		Filling filling = new Filling(MissingValues.INTERPOLATE);
		double[] values = { 1, NONE, NONE, NONE, 5, NONE, 7 };
		for (int t = 0; t < values.length; t++) {
			int next = t + 1;
			filling.next(values[t], () -> {
				looks[0]++;
				return Arrays.stream(values, next, values.length).iterator();
			});
		}
		assertThat(looks[0]).isEqualTo(2);
	}

	@Test
	void onlyInterpolationTellsOfWhatComesAfter() {
		assertThat(MissingValues.INTERPOLATE.looksAhead()).isTrue();
		assertThat(MissingValues.FORWARD_FILL.looksAhead()).isFalse();
	}

	private static double[] filled(MissingValues missing, double... values) {
		Filling filling = new Filling(missing);
		double[] filled = new double[values.length];
		for (int t = 0; t < values.length; t++) {
			int next = t + 1;
			filled[t] = filling.next(values[t], () -> Arrays.stream(values, next, values.length).iterator());
		}
		return filled;
	}

}
