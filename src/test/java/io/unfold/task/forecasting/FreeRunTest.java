package io.unfold.task.forecasting;

import java.util.Arrays;
import java.util.List;

import io.unfold.data.Differencing;
import io.unfold.data.NumberTable;
import io.unfold.data.Scaling;
import io.unfold.data.SeriesTransform;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.State;
import io.unfold.task.TaskSpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class FreeRunTest {

	private static final double Z80 = 1.2815515655446004;

	/** log(exp(1) - 1): what a deviation of about 1 is made of. */
	private static final float ONE = (float) Math.log(Math.E - 1);

	/** Keeps what it has read last, and answers with {@code factor} times it. */
	private record Autoregression(double factor, int outputs, int features) implements SequenceNetwork {

		@Override
		public State initialState(int batch) {
			return new State(batch, List.of(new float[batch]));
		}

		@Override
		public Result run(Sequences inputs, State state) {
			Sequences.Values values = (Sequences.Values) inputs;
			int batch = values.batch();
			float[] out = new float[this.outputs * batch];
			for (int i = 0; i < batch; i++) {
				int last = values.lengths()[i] - 1;
				float sum = 0;
				for (int k = 0; k < this.features; k++) {
					sum += values.data()[(last * this.features + k) * batch + i];
				}
				out[i] = (float) (this.factor * sum);
				if (this.outputs == 2) {
					out[batch + i] = ONE;
				}
			}
			return new Result(out, state);
		}

	}

	@Test
	void intervalsOfAnAutoregressionWidenAsItsVarianceAddsUp() {
		Forecasting task = task("\"level\": 0.8, \"differencing\": false");
		FreeRun run = new FreeRun(task, new Autoregression(0.8, 2, 1));
		FreeRun.Forecast forecast = run.run(List.of(origin(5, Differencing.NONE, 6)), 6, 0.8).get(0);
		double variance = 0;
		double deviation = 1 + 1e-3;
		for (int h = 0; h < 6; h++) {
			double mean = 5 * Math.pow(0.8, h + 1);
			variance += Math.pow(0.8, 2 * h) * deviation * deviation;
			double half = Z80 * Math.sqrt(variance);
			// the first step's is exact, those of later ones are from 200 paths
			double error = (h == 0) ? 0.01 : 0.25 * half;
			assertThat(forecast.values()[h][0]).isCloseTo(mean, within(1e-5));
			assertThat(forecast.lower()[h][0]).isCloseTo(mean - half, within(error));
			assertThat(forecast.upper()[h][0]).isCloseTo(mean + half, within(error));
			if (h > 0) {
				assertThat(width(forecast, h)).isGreaterThan(width(forecast, 0));
			}
		}
	}

	@Test
	void intervalsOfARandomWalkWidenWithTheRootOfTheHorizon() {
		Forecasting task = task("\"level\": 0.8");
		// changes are normal around 0: levels are a random walk
		FreeRun run = new FreeRun(task, new Autoregression(0, 2, 1));
		FreeRun.Forecast forecast = run.run(List.of(origin(50, new Differencing(false, 0, true), 25)), 25, 0.8).get(0);
		assertThat(forecast.values()[24][0]).isEqualTo(50);
		assertThat(width(forecast, 24) / width(forecast, 0)).isBetween(4.2, 5.8);
	}

	@Test
	void higherLevelsAreWiderAndLimitsNeverCross() {
		Forecasting task = task("\"level\": 0.8, \"log\": true");
		FreeRun run = new FreeRun(task, new Autoregression(0.9, 2, 1));
		List<FreeRun.Origin> origins = List.of(origin(5, new Differencing(true, 0, true), 4));
		FreeRun.Forecast half = run.run(origins, 4, 0.5).get(0);
		FreeRun.Forecast most = run.run(origins, 4, 0.95).get(0);
		for (int h = 0; h < 4; h++) {
			assertThat(most.lower()[h][0]).isPositive().isLessThan(half.lower()[h][0]);
			assertThat(half.lower()[h][0]).isLessThanOrEqualTo(half.values()[h][0]);
			assertThat(half.upper()[h][0]).isGreaterThanOrEqualTo(half.values()[h][0]);
			assertThat(most.upper()[h][0]).isGreaterThan(half.upper()[h][0]);
		}
		assertThat(most.values()).isDeepEqualTo(half.values());
	}

	@Test
	void anOriginIsForecastTheSameWithOthersBesideIt() {
		Forecasting task = task("\"level\": 0.8");
		FreeRun run = new FreeRun(task, new Autoregression(0.9, 2, 1));
		FreeRun.Origin origin = origin(7, new Differencing(false, 0, true), 3);
		FreeRun.Forecast alone = run.run(List.of(origin), 3, 0.8).get(0);
		FreeRun.Origin[] many = new FreeRun.Origin[40];
		Arrays.setAll(many, (i) -> (i == 33) ? origin : origin(i, new Differencing(false, 0, true), 3));
		FreeRun.Forecast among = run.run(List.of(many), 3, 0.8).get(33);
		assertThat(among.values()).isDeepEqualTo(alone.values());
		assertThat(among.lower()).isDeepEqualTo(alone.lower());
		assertThat(among.upper()).isDeepEqualTo(alone.upper());
	}

	@Test
	void eachStepReadsWhatIsKnownOfTheRowThatItForecasts() {
		Forecasting task = task("\"differencing\": false, \"futureCovariates\": \"p\"");
		FreeRun run = new FreeRun(task, new Autoregression(1, 1, 2));
		// the answer is the row before and what is known ahead, summed
		Encoded series = encoded(0, new double[][] { { 1, 9 }, { 2, 9 }, { 0, 10 }, { 0, 20 }, { 0, 30 } });
		FreeRun.Origin origin = new FreeRun.Origin(series, 2, 2, transform(Differencing.NONE),
				new double[][] { { 1 }, { 2 } });
		FreeRun.Forecast forecast = run.run(List.of(origin), 3, null).get(0);
		assertThat(forecast.values()).isDeepEqualTo(new double[][] { { 12 }, { 32 }, { 62 } });
		assertThat(forecast.lower()).isNull();
	}

	@Test
	void quantilesAreLinearBetweenTheMiddlesOfParts() {
		double[] sorted = { 1, 2, 3, 4 };
		assertThat(FreeRun.quantile(sorted, 0.5)).isEqualTo(2.5);
		assertThat(FreeRun.quantile(sorted, 0.125)).isEqualTo(1);
		assertThat(FreeRun.quantile(sorted, 0.01)).isEqualTo(1);
		assertThat(FreeRun.quantile(sorted, 0.99)).isEqualTo(4);
	}

	private static double width(FreeRun.Forecast forecast, int h) {
		return forecast.upper()[h][0] - forecast.lower()[h][0];
	}

	/** A series that stands still at a value. */
	private static FreeRun.Origin origin(double value, Differencing differencing, int horizon) {
		double[][] history = { { value }, { value }, { value } };
		SeriesTransform transform = transform(differencing);
		double[][] rows = new double[3 + horizon][1];
		System.arraycopy(transform.apply(history), 0, rows, transform.lost(), 3 - transform.lost());
		return new FreeRun.Origin(encoded(transform.lost(), rows), 3, 3 - transform.lost(), transform, history);
	}

	private static Encoded encoded(int lost, double[][] rows) {
		NumberTable table = NumberTable.inHeap(rows[0].length);
		Arrays.stream(rows).forEach(table::add);
		return new Encoded(table, 0, 1, lost);
	}

	private static SeriesTransform transform(Differencing differencing) {
		return new SeriesTransform(differencing, Scaling.NONE.fit(new double[][] { { 0 } }));
	}

	private static Forecasting task(String fields) {
		return (Forecasting) JsonMapper.shared()
			.readValue("{\"type\": \"forecasting\", \"target\": \"x\", " + fields + "}", TaskSpec.class);
	}

}
