package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.CalendarFeature;
import io.unfold.data.DataSource;
import io.unfold.data.Differencing;
import io.unfold.data.MissingValues;
import io.unfold.data.Scaling;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.Stacks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The next values of series, from those before. The data has a row per time step, in
 * order. The network learns the value after each window of {@code context} rows, and runs
 * freely over the horizon: it reads its own forecasts. Datasets that are held out go on
 * where the series end.
 *
 * @param target the columns to forecast, which are also what the network reads
 * @param pastCovariates columns that are read and not answered. Over a horizon the
 * network forecasts them too, as they are not known then
 * @param futureCovariates columns that are known ahead, as promotions are: the step that
 * forecasts a row reads that row's
 * @param calendar what the network is told of the date that it forecasts
 * @param horizon steps that are forecast unless a request says otherwise, by default 1
 * @param context rows that a forecast is made from; null takes two seasons and a row, or
 * 24 where there is no season
 * @param time the column that tells the time, by which gaps are found; null: rows are
 * steps
 * @param series the column that names the series which a row belongs to; null: there is
 * one. One network learns all, each series on its own scale; those with too few rows to
 * be learned from are named in the evaluation, as are those that are only held out
 * @param missing what is done about numbers and rows that are missing, by default an
 * error
 * @param log whether logarithms are forecast, for series whose swings grow with their
 * level; by default false
 * @param differencing whether changes from step to step are forecast rather than levels,
 * so that a network that knows nothing forecasts the last value; by default where there
 * is no seasonal differencing. With both, one-step forecasts gain and errors of long
 * horizons add up
 * @param season steps of a season, as 12 for months; null: none is known
 * @param seasonalDifferencing whether changes from season to season are forecast; by
 * default where a season is given
 * @param scaling of what the network reads and answers, by default to mean 0 and standard
 * deviation 1
 * @param level share of the values that prediction intervals should hold, as 0.8: the
 * network then answers with normal distributions; null: no intervals are given
 * @param backtest how the held-out part is forecast for the evaluation; null takes as
 * many origins as can be afforded
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeName(Forecasting.TYPE)
public record Forecasting(List<String> target, @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> pastCovariates,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> futureCovariates,
		@JsonInclude(JsonInclude.Include.NON_EMPTY) List<CalendarFeature> calendar, int horizon, int context,
		@Nullable String time, @Nullable String series, MissingValues missing, boolean log, boolean differencing,
		@Nullable Integer season, boolean seasonalDifferencing, Scaling scaling, @Nullable Double level,
		@Nullable Backtest backtest) implements TaskSpec {

	public static final String TYPE = "forecasting";

	/** The longest horizon, in steps. */
	public static final int MAX_HORIZON = 10_000;

	private static final int MAX_CONTEXT = 10_000;

	/** What is nearer to 0 or 1 cannot be told from some hundred paths. */
	private static final double MIN_LEVEL = 0.01;

	public Forecasting {
		target = List.copyOf(target);
		pastCovariates = List.copyOf(pastCovariates);
		futureCovariates = List.copyOf(futureCovariates);
		calendar = List.copyOf(calendar);
		requireNames(target, pastCovariates, futureCovariates, time, series);
		if (new HashSet<>(calendar).size() < calendar.size()) {
			throw new InvalidFieldException("calendar", "must name each feature once");
		}
		if (!calendar.isEmpty() && time == null) {
			throw new InvalidFieldException("calendar", "needs 'time', the column that tells the date");
		}
		if (level != null) {
			requireLevel("level", level);
		}
		InvalidFieldException.requireBetween("horizon", horizon, 1, MAX_HORIZON);
		if (season != null) {
			InvalidFieldException.requireBetween("season", season, 2, MAX_CONTEXT / 2);
		}
		if (seasonalDifferencing && season == null) {
			throw new InvalidFieldException("seasonalDifferencing", "needs 'season', the steps of a season");
		}
		int least = 1 + (differencing ? 1 : 0) + (seasonalDifferencing && season != null ? season : 0);
		if (context < least || context > MAX_CONTEXT) {
			throw new InvalidFieldException("context", "must be between " + least + " (the differencing takes "
					+ (least - 1) + " rows) and " + MAX_CONTEXT + ", but is " + context);
		}
	}

	private static void requireNames(List<String> target, List<String> past, List<String> future, @Nullable String time,
			@Nullable String series) {
		if (target.isEmpty() || new HashSet<>(target).size() < target.size()) {
			throw new InvalidFieldException("target", "must name at least one column, and each once");
		}
		Set<String> named = new HashSet<>(target);
		for (String column : past) {
			requireNew(named, "pastCovariates", column);
		}
		for (String column : future) {
			requireNew(named, "futureCovariates", column);
		}
		if (time != null) {
			requireNew(named, "time", time);
		}
		if (series != null) {
			requireNew(named, "series", series);
		}
	}

	/** Checks a share of values that intervals can hold. */
	static void requireLevel(String field, double level) {
		InvalidFieldException.requireBetween(field, level, MIN_LEVEL, 1 - MIN_LEVEL);
	}

	private static void requireNew(Set<String> named, String field, String column) {
		if (!named.add(column)) {
			throw new InvalidFieldException(field, "names the column '" + column + "', which has a role already");
		}
	}

	@JsonCreator
	static Forecasting from(
			@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> target,
			@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> pastCovariates,
			@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> futureCovariates,
			@JsonFormat(
					with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<CalendarFeature> calendar,
			@Nullable Integer horizon, @Nullable Integer context, @Nullable String time, @Nullable String series,
			@Nullable MissingValues missing, @Nullable Boolean log, @Nullable Boolean differencing,
			@Nullable Integer season, @Nullable Boolean seasonalDifferencing, @Nullable Scaling scaling,
			@Nullable Double level, @Nullable Backtest backtest) {
		if (target == null) {
			throw new InvalidFieldException("target", "is missing: name the columns to forecast");
		}
		int usual = (season != null) ? 2 * season + 1 : 24;
		boolean seasonal = (seasonalDifferencing != null) ? seasonalDifferencing : season != null;
		return new Forecasting(target, orNone(pastCovariates), orNone(futureCovariates), orNone(calendar),
				(horizon != null) ? horizon : 1, (context != null) ? context : usual, time, series,
				(missing != null) ? missing : MissingValues.ERROR, log != null && log,
				(differencing != null) ? differencing : !seasonal, season, seasonal,
				(scaling != null) ? scaling : Scaling.STANDARD, level, backtest);
	}

	private static <T> List<T> orNone(@Nullable List<T> list) {
		return (list != null) ? list : List.of();
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split) {
		return prepare(data, network, split, null);
	}

	@Override
	public PreparedTask<?> continued(DataSource data, @Nullable NetworkSpec network, Split split, JsonNode fitted) {
		return prepare(data, network, split, Fitted.read(fitted));
	}

	private PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split,
			@Nullable Fitted parent) {
		StackSpec stack = Stacks.resolve(network, new StepInput.Values(features()));
		if (stack.bidirectional()) {
			throw new InvalidRequestException("/network/bidirectional",
					"cannot be true: a forecast is made step by step, and the steps to come are not known");
		}
		if (stack.readout() != null && this.level != null) {
			throw new InvalidRequestException("/task/level",
					"cannot be with reservoirs: their readout is solved for values, not for distributions; leave it out");
		}
		return PreparedForecasting.of(this, stack, SeriesReader.read(this, data, split), split, parent, data.scratch());
	}

	/** What is taken out of the series. */
	Differencing differences() {
		return new Differencing(this.log, (this.seasonalDifferencing && this.season != null) ? this.season : 0,
				this.differencing);
	}

	/**
	 * The columns of a row: the targets, then the past and the future covariates.
	 */
	List<String> columns() {
		List<String> columns = new ArrayList<>(this.target);
		columns.addAll(this.pastCovariates);
		columns.addAll(this.futureCovariates);
		return columns;
	}

	/** Numbers that the network answers: the first columns, up to the past covariates. */
	int answers() {
		return this.target.size() + this.pastCovariates.size();
	}

	/** Numbers that are known of a row ahead: the future covariates and the calendar. */
	int known() {
		return this.futureCovariates.size() + CalendarFeature.SIZE * this.calendar.size();
	}

	/**
	 * Numbers that the network reads at each step, which is as many as a row has: its
	 * columns, and what the calendar says.
	 */
	int features() {
		return answers() + known();
	}

	@Override
	public Forecaster trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		Fitted parts = Fitted.read(fitted);
		return new Forecaster(this, parts, parts.architecture(this, Stacks.of(network)).serving(parameters));
	}

	/**
	 * How the held-out part is forecast for the evaluation: over the whole horizon from
	 * successive origins (rolling origins, Tashman 2000), by the one model.
	 *
	 * @param stride rows from one origin to the next
	 */
	public record Backtest(int stride) {

		public Backtest {
			InvalidFieldException.requireBetween("stride", stride, 1, MAX_HORIZON);
		}

	}

}
