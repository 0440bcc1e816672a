package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.unfold.nn.network.SequenceNetwork;
import io.unfold.task.Evaluation;
import io.unfold.task.forecasting.PreparedForecasting.Part;

/**
 * A back-test: the held-out part of each series is forecast over the whole horizon from
 * successive origins, each time from the true rows before it (Tashman 2000). The model is
 * not trained anew.
 */
final class RollingOrigins {

	/** Steps of the network that an evaluation takes, unless the task says otherwise. */
	private static final long AFFORDED = 5_000_000;

	/** Origins that are forecast from at once. */
	private static final int BATCH = 256;

	/** Steps, series and names in an answer at most. */
	private static final int MOST = 50;

	private final Forecasting task;

	private final Fitted fitted;

	private final PreparedForecasting prepared;

	private final FreeRun network;

	private final ForecastErrors model = new ForecastErrors();

	private final ForecastErrors naive = new ForecastErrors();

	private final ForecastErrors seasonal = new ForecastErrors();

	private final ForecastErrors[] bySteps;

	private final Map<String, ForecastErrors> byTarget = new LinkedHashMap<>();

	private final Map<String, ForecastErrors> bySeries = new LinkedHashMap<>();

	RollingOrigins(PreparedForecasting prepared, SequenceNetwork network) {
		this.task = prepared.task();
		this.fitted = prepared.fitted();
		this.prepared = prepared;
		this.network = new FreeRun(this.task, network);
		this.bySteps = Stream.generate(ForecastErrors::new).limit(this.task.horizon()).toArray(ForecastErrors[]::new);
		this.task.target().forEach((target) -> this.byTarget.put(target, new ForecastErrors()));
	}

	/** A row of a series that a forecast begins with. */
	private record Start(Part part, int row, double[] scales) {
	}

	Evaluation evaluate() {
		int stride = stride();
		int origins = 0;
		List<Start> some = new ArrayList<>();
		for (Part part : this.prepared.series()) {
			double[] scales = scales(part);
			for (int row : part.origins(this.prepared.evaluation(part.parts()), this.task.horizon(), stride)) {
				some.add(new Start(part, row, scales));
				origins++;
				if (some.size() == BATCH) {
					forecast(some);
					some.clear();
				}
			}
		}
		forecast(some);
		return evaluation(this.prepared.tested() ? "test" : "validation", origins, stride);
	}

	private void forecast(List<Start> starts) {
		List<FreeRun.Forecast> forecasts = this.network.run(starts.stream().map(this::origin).toList(),
				this.task.horizon(), this.task.level());
		for (int i = 0; i < starts.size(); i++) {
			compare(starts.get(i), forecasts.get(i));
		}
	}

	/** As often as can be afforded, unless the task says how often. */
	private int stride() {
		if (this.task.backtest() != null) {
			return this.task.backtest().stride();
		}
		long each = this.task.context()
				+ (this.task.horizon() - 1L) * (1 + ((this.task.level() != null) ? FreeRun.PATHS : 0));
		long rows = this.prepared.series()
			.stream()
			.mapToLong((part) -> this.prepared.evaluation(part.parts()).length())
			.sum();
		return (int) Math.min(this.task.horizon(), 1 + each * rows / AFFORDED);
	}

	private FreeRun.Origin origin(Start start) {
		Series series = start.part().series();
		int context = this.task.context();
		return new FreeRun.Origin(start.part().encoded(), start.row(), context - start.part().encoded().lost(),
				this.fitted.transform(series.name()),
				series.rows(start.row() - context, start.row(), this.task.target().size()));
	}

	/**
	 * For each target the mean error, in the training part, of the forecast that each
	 * value is the one a season (or a step) before; 0 or not a number where there is
	 * none.
	 */
	private double[] scales(Part part) {
		int lag = lag();
		Series series = part.series();
		int targets = this.task.target().size();
		double[] sums = new double[targets];
		int[] count = { 0 };
		series.inPieces(lag, part.parts().training().to(), targets, (from, rows) -> {
			for (int t = lag; t < rows.length; t++) {
				if (series.isTrue(from + t - lag) && series.isTrue(from + t - 2 * lag)) {
					for (int v = 0; v < targets; v++) {
						sums[v] += Math.abs(rows[t][v] - rows[t - lag][v]);
					}
					count[0]++;
				}
			}
		});
		return Arrays.stream(sums).map((sum) -> sum / count[0]).toArray();
	}

	private int lag() {
		Integer season = this.task.season();
		return (season != null) ? season : 1;
	}

	private void compare(Start start, FreeRun.Forecast forecast) {
		Series series = start.part().series();
		int from = Math.max(0, start.row() - lag());
		double[][] rows = series.rows(from, start.row() + this.task.horizon(), this.task.target().size());
		for (int h = 0; h < this.task.horizon(); h++) {
			int row = start.row() + h;
			if (series.isTrue(row)) {
				for (int v = 0; v < this.task.target().size(); v++) {
					double truth = rows[row - from][v];
					double scale = start.scales()[v];
					this.naive.add(truth, rows[start.row() - 1 - from][v], scale);
					this.seasonal.add(truth, rows[Math.max(0, start.row() - lag() + h % lag()) - from][v], scale);
					ForecastErrors[] all = { this.model, this.bySteps[h],
							this.byTarget.computeIfAbsent(this.task.target().get(v), (name) -> new ForecastErrors()),
							this.bySeries.computeIfAbsent(series.name(), (name) -> new ForecastErrors()) };
					for (ForecastErrors errors : all) {
						errors.add(truth, forecast.values()[h][v], scale);
						if (this.task.level() != null && forecast.lower() != null && forecast.upper() != null) {
							errors.addInterval(truth, forecast.lower()[h][v], forecast.upper()[h][v],
									this.task.level());
						}
					}
				}
			}
		}
	}

	private Evaluation evaluation(String on, int origins, int stride) {
		List<BacktestDetails.Naive> baselines = new ArrayList<>();
		baselines.add(naive("naive (last value)", this.naive));
		if (this.task.season() != null) {
			baselines.add(0, naive("seasonal naive", this.seasonal));
		}
		int filled = 0;
		for (Part part : this.prepared.series()) {
			filled += part.series().filled().cardinality();
		}
		BacktestDetails.Naive first = baselines.get(0);
		return new Evaluation(on, origins, this.model.metrics(), new Evaluation.Baseline(first.name(), first.metrics()),
				first.skill(),
				new BacktestDetails(stride, baselines, steps(),
						(this.byTarget.size() > 1) ? figures(this.byTarget) : Map.of(),
						(this.bySeries.size() > 1) ? figures(this.bySeries) : Map.of(),
						this.prepared.tooShort().stream().limit(MOST).toList(), (filled > 0) ? filled : null));
	}

	/** By rmse; where targets have units of their own, by mase. */
	private BacktestDetails.Naive naive(String name, ForecastErrors errors) {
		boolean units = this.task.target().size() > 1 && errors.metrics().containsKey("mase");
		return new BacktestDetails.Naive(name, errors.metrics(),
				units ? Evaluation.skill(this.model.mase(), errors.mase())
						: Evaluation.skill(this.model.rmse(), errors.rmse()));
	}

	/** Of a long horizon some steps, evenly from the first to the last. */
	private List<BacktestDetails.Step> steps() {
		List<BacktestDetails.Step> steps = new ArrayList<>();
		int some = Math.min(MOST, this.bySteps.length);
		for (int i = 0; i < some; i++) {
			int h = (some > 1) ? (int) ((long) i * (this.bySteps.length - 1) / (some - 1)) : 0;
			if (this.bySteps[h].count() > 0) {
				steps.add(new BacktestDetails.Step(h + 1, this.bySteps[h].metrics()));
			}
		}
		return steps;
	}

	/** Those with the largest errors. */
	private static Map<String, Map<String, Double>> figures(Map<String, ForecastErrors> errors) {
		Map<String, Map<String, Double>> figures = new LinkedHashMap<>();
		errors.entrySet()
			.stream()
			.sorted(Comparator.comparingDouble((entry) -> -entry.getValue().rmse()))
			.limit(MOST)
			.forEach((entry) -> figures.put(entry.getKey(), entry.getValue().metrics()));
		return figures;
	}

}
