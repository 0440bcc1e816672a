package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.data.Differencing;
import io.unfold.data.Scaling;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Faults;
import io.unfold.task.PreparedTask;
import io.unfold.task.Split;
import io.unfold.task.TaskSpec;
import io.unfold.task.sequence.Stacks;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The next values of a series, from those before. The data has a row per time step, in
 * order. The network learns the value after each window of {@code context} rows, and runs
 * freely over the horizon: it reads its own forecasts.
 *
 * @param target the columns to forecast, which are also what the network reads
 * @param horizon steps that are forecast unless a request says otherwise, by default 1
 * @param context rows that a forecast is made from; null takes two seasons and a row, or
 * 24 where there is no season
 * @param time the column that tells the time; it must be there, and is not read
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
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonTypeName(Forecasting.TYPE)
public record Forecasting(List<String> target, int horizon, int context, @Nullable String time, boolean log,
		boolean differencing, @Nullable Integer season, boolean seasonalDifferencing,
		Scaling scaling) implements TaskSpec {

	public static final String TYPE = "forecasting";

	/** The longest horizon, in steps. */
	public static final int MAX_HORIZON = 10_000;

	private static final int MAX_CONTEXT = 10_000;

	public Forecasting {
		target = List.copyOf(target);
		if (target.isEmpty() || new HashSet<>(target).size() < target.size()) {
			throw new InvalidFieldException("target", "must name at least one column, and each once");
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

	@JsonCreator
	static Forecasting from(
			@JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<String> target,
			@Nullable Integer horizon, @Nullable Integer context, @Nullable String time, @Nullable Boolean log,
			@Nullable Boolean differencing, @Nullable Integer season, @Nullable Boolean seasonalDifferencing,
			@Nullable Scaling scaling) {
		if (target == null) {
			throw new InvalidFieldException("target", "is missing: name the columns to forecast");
		}
		int usual = (season != null) ? 2 * season + 1 : 24;
		boolean seasonal = (seasonalDifferencing != null) ? seasonalDifferencing : season != null;
		return new Forecasting(target, (horizon != null) ? horizon : 1, (context != null) ? context : usual, time,
				log != null && log, (differencing != null) ? differencing : !seasonal, season, seasonal,
				(scaling != null) ? scaling : Scaling.STANDARD);
	}

	@Override
	public String type() {
		return TYPE;
	}

	@Override
	public PreparedTask<?> prepare(DataSource data, @Nullable NetworkSpec network, Split split) {
		StackSpec stack = Stacks.resolve(network, new StepInput.Values(this.target.size()));
		if (stack.bidirectional()) {
			throw new InvalidRequestException("/network/bidirectional",
					"cannot be true: a forecast is made step by step, and the steps to come are not known");
		}
		return PreparedForecasting.of(this, stack, read(data), split);
	}

	/** What is taken out of the series. */
	Differencing differences() {
		return new Differencing(this.log, (this.seasonalDifferencing && this.season != null) ? this.season : 0,
				this.differencing);
	}

	private double[][] read(DataSource data) {
		List<double[]> rows = new ArrayList<>();
		Faults faults = new Faults();
		try (Stream<DataRecord> records = data.records()) {
			records.forEach((record) -> {
				if (rows.isEmpty()) {
					checkColumns(record);
				}
				faults.check(record.line(), () -> rows.add(row(record)));
			});
		}
		faults.throwIfAny();
		return rows.toArray(double[][]::new);
	}

	private void checkColumns(DataRecord first) {
		if (this.time != null && !first.fields().has(this.time)) {
			throw noColumn("/task/time", this.time, first);
		}
		for (String column : this.target) {
			if (!first.fields().has(column)) {
				throw noColumn("/task/target", column, first);
			}
		}
	}

	private double[] row(DataRecord record) {
		double[] row = new double[this.target.size()];
		for (int v = 0; v < row.length; v++) {
			row[v] = Rows.number(record.fields().get(this.target.get(v)), "/" + this.target.get(v));
			if (this.log && row[v] <= 0) {
				throw new InvalidRequestException("/" + this.target.get(v),
						"must be above 0 where task.log is true, but is " + row[v]
								+ ": only positive numbers have logarithms");
			}
		}
		return row;
	}

	private static InvalidRequestException noColumn(String pointer, String column, DataRecord record) {
		return new InvalidRequestException(pointer,
				"no column is named '" + column + "': there are " + String.join(", ", record.fields().propertyNames()));
	}

	@Override
	public Forecaster trained(JsonNode fitted, NetworkSpec network, Tensors parameters) {
		return PreparedForecasting.Fitted.read(fitted).forecaster(this, Stacks.of(network), parameters);
	}

}
