package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.unfold.data.SeriesTransform;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A series, and the windows of it that are learned.
 *
 * @param rows the series as it was sent; [time][variable]
 * @param series the series as the network sees it; [time - lost][variable]
 * @param parts the rows whose values are forecast in each part
 */
record PreparedForecasting(Forecasting task, StackSpec stack, Fitted fitted, double[][] rows, double[][] series,
		Split.Parts parts) implements PreparedTask<SequenceNetwork> {

	/** Forecasts made at once in an evaluation. */
	private static final int BATCH = 128;

	static PreparedForecasting of(Forecasting task, StackSpec stack, double[][] rows, Split split) {
		Split.Parts parts = split.inTime(rows.length);
		int trained = parts.training().length;
		if (trained <= task.context()) {
			throw new InvalidRequestException("/task/context",
					"the data has " + rows.length + " rows, of which " + (rows.length - trained)
							+ " are held out: with a context of " + task.context()
							+ " none is left to learn; make the context shorter or send more rows");
		}
		if (parts.evaluation().length < task.horizon()) {
			throw new InvalidRequestException("/task/horizon",
					"is longer than the held-out part, which has " + parts.evaluation().length + " rows: a forecast of "
							+ task.horizon() + " steps could not be judged; hold out more");
		}
		SeriesTransform transform = SeriesTransform.fit(task.differences(), task.scaling(),
				Arrays.copyOf(rows, trained));
		double[][] series = transform.apply(rows);
		requireFinite(series, transform.lost(), task.target());
		return new PreparedForecasting(task, stack, new Fitted(transform), rows, series, parts);
	}

	/** The scaling is fitted to the training part, which the others may be far from. */
	private static void requireFinite(double[][] series, int lost, List<String> variables) {
		for (int t = 0; t < series.length; t++) {
			for (int v = 0; v < series[t].length; v++) {
				if (!Float.isFinite((float) series[t][v])) {
					throw new InvalidRequestException("/task/target", "'" + variables.get(v)
							+ "' is too far from the rows that are trained on to be scaled in row " + (t + lost + 1));
				}
			}
		}
	}

	@Override
	public NetworkSpec network() {
		return this.stack;
	}

	@Override
	public Architecture<SequenceNetwork> architecture() {
		return this.fitted.architecture(this.task, this.stack);
	}

	@Override
	public Examples training() {
		return windows(IntStream.of(this.parts.training()).skip(this.task.context()).toArray());
	}

	@Override
	public Examples validation() {
		return windows(this.parts.validation());
	}

	private Examples windows(int[] targets) {
		int lost = this.fitted.transform().lost();
		return new Windows(this.series, this.task.context() - lost,
				IntStream.of(targets).map((t) -> t - lost).toArray());
	}

	/**
	 * Forecasts over the horizon from every row of the held-out part from which it is
	 * whole.
	 */
	@Override
	public Evaluation evaluate(SequenceNetwork network) {
		Forecaster forecaster = new Forecaster(this.task, this.fitted.transform(), network);
		int horizon = this.task.horizon();
		int[] heldOut = this.parts.evaluation();
		ForecastErrors model = new ForecastErrors();
		ForecastErrors naive = new ForecastErrors();
		int origins = heldOut.length - horizon + 1;
		for (int from = 0; from < origins; from += BATCH) {
			int[] starts = Arrays.copyOfRange(heldOut, from, Math.min(origins, from + BATCH));
			List<double[][]> contexts = new ArrayList<>();
			for (int start : starts) {
				contexts.add(Arrays.copyOfRange(this.rows, start - this.task.context(), start));
			}
			List<double[][]> forecasts = forecaster.forecast(contexts, horizon);
			for (int i = 0; i < starts.length; i++) {
				double[][] truth = Arrays.copyOfRange(this.rows, starts[i], starts[i] + horizon);
				model.add(truth, forecasts.get(i));
				naive.add(truth, naive(starts[i]));
			}
		}
		String baseline = (this.task.season() != null) ? "seasonal naive" : "naive (last value)";
		return Evaluation.of(this.parts.evaluationName(), origins, model.metrics(),
				new Evaluation.Baseline(baseline, naive.metrics()), model.rmse(), naive.rmse());
	}

	private double[][] naive(int start) {
		double[][] forecast = new double[this.task.horizon()][];
		Integer season = this.task.season();
		for (int h = 0; h < forecast.length; h++) {
			int back = (season != null) ? start - season + h % season : start - 1;
			forecast[h] = this.rows[Math.max(0, back)];
		}
		return forecast;
	}

	/**
	 * What is fitted to the training part.
	 */
	record Fitted(SeriesTransform transform) {

		static Fitted read(JsonNode fitted) {
			return JsonMapper.shared().treeToValue(fitted, Fitted.class);
		}

		SequenceArchitecture architecture(Forecasting task, StackSpec stack) {
			int variables = task.target().size();
			return new SequenceArchitecture(new StepInput.Values(variables), stack,
					new Output(Output.Kind.VALUES, variables, false));
		}

		Forecaster forecaster(Forecasting task, StackSpec stack, Tensors parameters) {
			return new Forecaster(task, this.transform, architecture(task, stack).serving(parameters));
		}

	}

	/** Errors of forecasts, over all steps and variables. */
	private static final class ForecastErrors {

		private double squares;

		private double absolutes;

		private long count;

		void add(double[][] truth, double[][] forecast) {
			for (int t = 0; t < truth.length; t++) {
				for (int v = 0; v < truth[t].length; v++) {
					double error = truth[t][v] - forecast[t][v];
					this.squares += error * error;
					this.absolutes += Math.abs(error);
					this.count++;
				}
			}
		}

		/** Root mean squared error, in the series' own unit. */
		double rmse() {
			return Math.sqrt(this.squares / this.count);
		}

		Map<String, Double> metrics() {
			Map<String, Double> metrics = new LinkedHashMap<>();
			metrics.put("rmse", rmse());
			metrics.put("mae", this.absolutes / this.count);
			return metrics;
		}

	}

}
