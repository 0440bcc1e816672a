package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.unfold.data.Moment;
import io.unfold.data.NumberTable;
import io.unfold.data.SeriesTransform;
import io.unfold.data.TimeStep;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PredictRequest;
import io.unfold.task.Split;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The contexts of a request, and what it says of the rows that follow them. */
final class Contexts {

	private final Forecasting task;

	private final Fitted fitted;

	private final Rows rows;

	private final PredictRequest request;

	Contexts(Forecasting task, Fitted fitted, PredictRequest request) {
		this.task = task;
		this.fitted = fitted;
		this.rows = new Rows(task);
		this.request = request;
		if ((request.context() == null) == (request.contexts() == null)) {
			throw new InvalidRequestException("/context", "send either 'context' or 'contexts'");
		}
	}

	/** Steps to forecast. */
	int horizon() {
		Integer asked = this.request.horizon();
		int horizon = (asked != null) ? asked : futureRows();
		if (horizon < 1 || horizon > Forecasting.MAX_HORIZON) {
			throw new InvalidRequestException("/horizon",
					"must be between 1 and " + Forecasting.MAX_HORIZON + ", but is " + horizon);
		}
		return horizon;
	}

	/** Where the request says it by the rows that it sends, or that of the task. */
	private int futureRows() {
		JsonNode futures = this.request.futures();
		JsonNode future = (futures != null && futures.isArray() && !futures.isEmpty()) ? futures.get(0)
				: this.request.future();
		return (future != null && future.isArray()) ? future.size() : this.task.horizon();
	}

	/** Where the forecasts begin, in the order of the request. */
	List<FreeRun.Origin> origins() {
		List<FreeRun.Origin> origins = new ArrayList<>();
		if (this.request.context() != null) {
			requireNone(this.request.futures(), "/futures", "send 'future' with 'context', 'futures' with 'contexts'");
			origins.add(origin(this.request.context(), "/context", this.request.future(), "/future",
					this.request.series(), "/series"));
			return origins;
		}
		requireNone(this.request.future(), "/future", "send 'futures' with 'contexts', 'future' with 'context'");
		JsonNode contexts = PredictRequest.list(this.request.contexts(), "/contexts", "contexts");
		requireAsMany(this.request.futures(), contexts.size(), "/futures");
		requireAsMany(this.request.series(), contexts.size(), "/series");
		for (int i = 0; i < contexts.size(); i++) {
			origins.add(origin(contexts.get(i), "/contexts/" + i, element(this.request.futures(), i), "/futures/" + i,
					element(this.request.series(), i), "/series/" + i));
		}
		return origins;
	}

	private static void requireNone(@Nullable JsonNode node, String pointer, String detail) {
		if (node != null) {
			throw new InvalidRequestException(pointer, detail);
		}
	}

	private static void requireAsMany(@Nullable JsonNode node, int contexts, String pointer) {
		if (node != null && (!node.isArray() || node.size() != contexts)) {
			throw new InvalidRequestException(pointer,
					"must be a list with an element for each of the " + contexts + " contexts");
		}
	}

	private static @Nullable JsonNode element(@Nullable JsonNode list, int index) {
		return (list != null) ? list.get(index) : null;
	}

	private FreeRun.Origin origin(JsonNode context, String pointer, @Nullable JsonNode future, String futurePointer,
			@Nullable JsonNode name, String namePointer) {
		RawSeries raw = raw(context, pointer);
		raw.check(this.fitted.step(), (row, line, check) -> under(pointer + "/" + row, check));
		Series series = raw.regular(this.fitted.step(), NumberTable.inHeap(this.task.features()));
		SeriesTransform known = known(name, namePointer);
		int lost = this.task.differences().lost();
		// a scale from two or three rows would make intervals of nothing
		int least = lost + ((known != null) ? 1 : Math.max(2, (this.task.context() - lost) / 2));
		if (series.length() < least) {
			throw new InvalidRequestException(pointer, "has " + series.length() + " rows"
					+ ((series.length() < context.size()) ? " after the missing ones" : "") + ": at least " + least
					+ " are needed" + ((known != null) ? "" : " where no 'series' is named, as they give the scale")
					+ ", and " + this.task.context() + " are best");
		}
		Series last = series.last(this.task.context());
		double[][] history = last.rows(0, last.length(), this.task.target().size());
		SeriesTransform transform = (known != null) ? known
				: SeriesTransform.fit(this.task.differences(), this.task.scaling(), history);
		NumberTable rows = NumberTable.inHeap(this.task.features());
		Encoded encoded = this.fitted.encode(this.task, last, transform, rows);
		String tooFar = this.fitted.tooFar(this.task, encoded, last.length());
		if (tooFar != null) {
			throw new InvalidRequestException(pointer, tooFar);
		}
		addAhead(future, futurePointer, raw.lastTime(), rows);
		return new FreeRun.Origin(encoded, last.length(), last.length() - lost, transform, history);
	}

	private RawSeries raw(JsonNode context, String pointer) {
		if (!context.isArray() || context.isEmpty()) {
			throw new InvalidRequestException(pointer, "must be a list of rows, one for each time step");
		}
		SentRows sent = SentRows.few(this.task);
		for (int t = 0; t < context.size(); t++) {
			String here = pointer + "/" + t;
			Rows.Row row = this.rows.row(context.get(t), here);
			requireTime(row.time(), t > 0 && !sent.timed(), t > 0 && sent.timed(), here);
			sent.add(row.columns(), row.time(), Split.Source.EXAMPLES, 0, 0);
		}
		return new RawSeries(this.task, "", sent, sent.size(), (row) -> row);
	}

	private void requireTime(@Nullable Moment time, boolean noneSoFar, boolean someSoFar, String pointer) {
		String column = String.valueOf(this.task.time());
		if (time == null) {
			if (!this.task.calendar().isEmpty()) {
				throw new InvalidRequestException(pointer + "/" + column, "is missing: the model reads the date."
						+ " Send rows as objects, or as lists that begin with it");
			}
			if (someSoFar) {
				throw new InvalidRequestException(pointer + "/" + column, "is missing, while rows before have it");
			}
			return;
		}
		TimeStep step = this.fitted.step();
		if (noneSoFar) {
			throw new InvalidRequestException(pointer + "/" + column, "is there, while rows before lack it");
		}
		if (step != null && (step.unit() == TimeStep.Unit.NUMBER) == time.date()) {
			throw new InvalidRequestException(pointer + "/" + column, "must be a " + (time.date() ? "number" : "date")
					+ ", as in the data that the model was trained on");
		}
	}

	private static void under(String pointer, Runnable check) {
		try {
			check.run();
		}
		catch (InvalidRequestException ex) {
			throw ex.under(pointer);
		}
	}

	/** Null where no series is named, so that a context has a scale of its own. */
	private @Nullable SeriesTransform known(@Nullable JsonNode name, String pointer) {
		if (this.task.series() == null) {
			requireNone(name, pointer, "is not for this model, which was trained on one series");
			return this.fitted.transform("");
		}
		if (name == null || name.isNull()) {
			return null;
		}
		SeriesTransform known = name.isValueNode() ? this.fitted.transforms().get(name.asString()) : null;
		if (known == null) {
			throw new InvalidRequestException(pointer,
					"must name a series that the model was trained on, but is "
							+ (name.isValueNode() ? "'" + name.asString() + "'" : "no name")
							+ "; leave it out for a new one, which is then scaled by its context");
		}
		return known;
	}

	/**
	 * Adds what is known of the rows to forecast.
	 * @param last time of the context; null where it is not told
	 */
	private void addAhead(@Nullable JsonNode future, String pointer, @Nullable Moment last, NumberTable to) {
		int horizon = horizon();
		int covariates = this.task.futureCovariates().size();
		if (covariates == 0) {
			requireNone(future, pointer, "is not for this model, which was trained without futureCovariates");
		}
		else if (future == null || !future.isArray() || future.size() != horizon) {
			throw new InvalidRequestException(pointer,
					"must be a list of " + horizon + " rows, one for each step of the horizon, with what is known of "
							+ String.join(", ", this.task.futureCovariates())
							+ ((future != null && future.isArray()) ? ", but has " + future.size() : ""));
		}
		Moment time = last;
		for (int h = 0; h < horizon; h++) {
			double[] row = new double[this.task.features()];
			if (future != null) {
				double[] values = this.rows.future(future.get(h), pointer + "/" + h);
				System.arraycopy(values, 0, row, this.task.answers(), values.length);
			}
			if (time != null && this.fitted.step() != null) {
				time = this.fitted.step().plus(time, 1);
				RawSeries.calendar(this.task, time, row);
			}
			double[] encoded = new double[row.length];
			this.fitted.known(this.task, row, encoded);
			to.add(encoded);
		}
	}

}
