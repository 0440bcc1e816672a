package io.unfold.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

class SeriesTransformTest {

	static List<Differencing> all() {
		List<Differencing> all = new ArrayList<>();
		for (boolean log : new boolean[] { false, true }) {
			for (int lag : new int[] { 0, 1, 4, 12 }) {
				all.add(new Differencing(log, lag, false));
				all.add(new Differencing(log, lag, true));
			}
		}
		return all;
	}

	@Test
	void takesDifferences() {
		double[][] squares = { { 0 }, { 1 }, { 4 }, { 9 }, { 16 } };
		assertThat(new Differencing(false, 0, true).apply(squares))
			.isDeepEqualTo(new double[][] { { 1 }, { 3 }, { 5 }, { 7 } });
		assertThat(new Differencing(false, 2, false).apply(squares))
			.isDeepEqualTo(new double[][] { { 4 }, { 8 }, { 12 } });
		assertThat(new Differencing(false, 2, true).apply(squares)).isDeepEqualTo(new double[][] { { 4 }, { 4 } });
		assertThat(Differencing.NONE.apply(squares)).isDeepEqualTo(squares);
	}

	@Test
	void leavesNothingOfGrowthByAFactorButItsLogarithm() {
		double[][] left = new Differencing(true, 0, true).apply(new double[][] { { 1 }, { 2 }, { 4 }, { 8 } });
		for (double[] step : left) {
			assertThat(step).containsExactly(new double[] { Math.log(2) }, within(1e-12));
		}
	}

	@ParameterizedTest
	@MethodSource("all")
	void continuesHistoryByWhatWasLeftOfTheRest(Differencing differencing) {
		double[][] series = series(60, 3);
		int known = 30;
		SeriesTransform transform = SeriesTransform.fit(differencing, Scaling.STANDARD, Arrays.copyOf(series, known));
		double[][] seen = transform.apply(series);
		assertThat(seen).hasDimensions(60 - transform.lost(), 3);
		SeriesTransform.Continuation continuation = transform.continuing(Arrays.copyOf(series, known));
		for (int t = known; t < series.length; t++) {
			assertThat(continuation.next(seen[t - transform.lost()])).containsExactly(series[t], within(1e-8));
		}
	}

	@ParameterizedTest
	@MethodSource("all")
	void undoesEachStepFromTheTrueOnesBefore(Differencing differencing) {
		double[][] series = series(40, 2);
		SeriesTransform transform = SeriesTransform.fit(differencing, Scaling.MINMAX, series);
		double[][] seen = transform.apply(series);
		for (int t = transform.lost(); t < series.length; t++) {
			assertThat(transform.undo(seen[t - transform.lost()], series, t)).containsExactly(series[t], within(1e-8));
		}
	}

	@Test
	void undoesWholeNumbersExactly() {
		SplittableRandom random = new SplittableRandom(2);
		double[][] series = new double[100][1];
		Arrays.setAll(series, (t) -> new double[] { random.nextInt(-1000, 1000) });
		Differencing differencing = new Differencing(false, 12, true);
		double[][] left = differencing.apply(series);
		for (int t = differencing.lost(); t < series.length; t++) {
			assertThat(differencing.undo(left[t - differencing.lost()], series, t)).isEqualTo(series[t]);
		}
	}

	@Test
	void standsStillWhereDifferencesAreForecastToBeZero() {
		double[][] series = { { 5 }, { 7 }, { 6 }, { 9 } };
		SeriesTransform seasonal = new SeriesTransform(new Differencing(false, 3, false),
				Scaling.NONE.fit(new double[][] { { 0 } }));
		SeriesTransform.Continuation continuation = seasonal.continuing(series);
		double[] naive = { 7, 6, 9, 7, 6, 9, 7 };
		for (double value : naive) {
			assertThat(continuation.next(new double[] { 0 })).containsExactly(value);
		}
	}

	@Test
	void changesNothingThatItIsGiven() {
		double[][] series = series(30, 2);
		double[][] copy = Arrays.stream(series).map(double[]::clone).toArray(double[][]::new);
		SeriesTransform transform = SeriesTransform.fit(new Differencing(true, 4, true), Scaling.STANDARD, series);
		transform.continuing(series).next(new double[2]);
		transform.apply(series);
		assertThat(series).isDeepEqualTo(copy);
	}

	@Test
	void refusesLogarithmOfWhatIsNotAboveZero() {
		InvalidRequestException ex = catchThrowableOfType(InvalidRequestException.class,
				() -> new Differencing(true, 0, false).apply(new double[][] { { 1, 2 }, { 3, 0 } }));
		assertThat(ex.violations().get(0).pointer()).isEqualTo("/1/1");
		assertThat(ex.violations().get(0).detail()).contains("is 0.0", "above 0");
	}

	@Test
	void refusesSeriesThatIsTooShort() {
		Differencing differencing = new Differencing(false, 12, true);
		assertThatThrownBy(() -> differencing.apply(series(13, 1))).isInstanceOf(InvalidRequestException.class)
			.hasMessageContaining("at least 14 steps");
		assertThat(differencing.apply(series(14, 1))).hasDimensions(1, 1);
		assertThatThrownBy(() -> differencing.undo(new double[1], series(13, 1), 12))
			.isInstanceOf(InvalidRequestException.class);
		SeriesTransform transform = SeriesTransform.fit(differencing, Scaling.NONE, series(14, 1));
		assertThatIllegalArgumentException().isThrownBy(() -> transform.continuing(series(12, 1)));
		assertThatThrownBy(() -> new Differencing(false, -1, true)).isInstanceOf(InvalidFieldException.class);
	}

	@Test
	void isReadFromItsJson() {
		JsonMapper json = new JsonMapper();
		SeriesTransform transform = SeriesTransform.fit(new Differencing(true, 4, true), Scaling.STANDARD,
				series(30, 2));
		SeriesTransform read = json.readValue(json.writeValueAsString(transform), SeriesTransform.class);
		assertThat(read.apply(series(30, 2))).isDeepEqualTo(transform.apply(series(30, 2)));
	}

	private static double[][] series(int length, int variables) {
		SplittableRandom random = new SplittableRandom(length);
		double[][] series = new double[length][variables];
		for (int t = 0; t < length; t++) {
			for (int v = 0; v < variables; v++) {
				series[t][v] = 20 + t + 5 * Math.sin(t * Math.PI / 6) + random.nextDouble();
			}
		}
		return series;
	}

}
