package io.unfold.task.forecasting;

import java.util.List;
import java.util.regex.Pattern;

import io.unfold.data.MissingValues;
import io.unfold.data.Moment;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads rows of a series from JSON. */
final class Rows {

	/** How programs write a number that is missing. */
	private static final Pattern MISSING = Pattern.compile("\\s*(?:nan|na|n/a|null|none)\\s*",
			Pattern.CASE_INSENSITIVE);

	private final Forecasting task;

	private final List<String> columns;

	Rows(Forecasting task) {
		this.task = task;
		this.columns = task.columns();
	}

	/**
	 * A row of the dataset or of a context.
	 *
	 * @param columns those of the task; NaN where a number is missing
	 * @param time null where it is not told
	 */
	record Row(double[] columns, @Nullable Moment time) {
	}

	/** The task's columns in an object; [columns]. */
	double[] columns(JsonNode row, String pointer) {
		double[] values = new double[this.columns.size()];
		for (int c = 0; c < values.length; c++) {
			values[c] = number(row.get(this.columns.get(c)), c, pointer + "/" + this.columns.get(c));
		}
		return values;
	}

	/**
	 * A row of a context: an object with a field for each column, and for the time where
	 * that is told; a list of them in the order of the task, the time first; or, where
	 * there is one column, a number.
	 */
	Row row(JsonNode row, String pointer) {
		if (row.isObject()) {
			String time = this.task.time();
			return new Row(columns(row, pointer),
					(time != null && row.has(time)) ? time(row.get(time), pointer + "/" + time) : null);
		}
		int size = this.columns.size();
		if (!row.isArray() && size == 1) {
			return new Row(new double[] { number(row, 0, pointer) }, null);
		}
		boolean timed = row.isArray() && row.size() == size + 1 && this.task.time() != null;
		if (!row.isArray() || (row.size() != size && !timed)) {
			throw new InvalidRequestException(pointer, "must be a list or an object with a value for each of "
					+ String.join(", ", this.columns) + (row.isArray() ? ", but has " + row.size() : ""));
		}
		int first = timed ? 1 : 0;
		double[] values = new double[size];
		for (int c = 0; c < size; c++) {
			values[c] = number(row.get(c + first), c, pointer + "/" + (c + first));
		}
		return new Row(values, timed ? time(row.get(0), pointer + "/0") : null);
	}

	/**
	 * What is known of a row ahead: an object with a field for each of the future
	 * covariates, a list of them, or, where there is one, a number; none may be missing.
	 */
	double[] future(JsonNode row, String pointer) {
		List<String> known = this.task.futureCovariates();
		double[] values = new double[known.size()];
		boolean single = known.size() == 1 && !row.isContainer();
		if (!single && !row.isObject() && !(row.isArray() && row.size() == values.length)) {
			throw new InvalidRequestException(pointer,
					"must be a list or an object with a value for each of " + String.join(", ", known));
		}
		for (int c = 0; c < values.length; c++) {
			JsonNode value = single ? row : row.isObject() ? row.get(known.get(c)) : row.get(c);
			String here = single ? pointer : pointer + "/" + (row.isObject() ? known.get(c) : c);
			values[c] = finite(value, here, "it must be known ahead");
		}
		return values;
	}

	/** A row's time. */
	Moment time(@Nullable JsonNode field, String pointer) {
		if (field == null || field.isNull()) {
			throw new InvalidRequestException(pointer, "is missing: every row has a time");
		}
		try {
			return Moment.parse(field);
		}
		catch (InvalidRequestException ex) {
			throw ex.under(pointer);
		}
	}

	/**
	 * A column's number; NaN where it is missing, and the task says what is then done.
	 */
	private double number(@Nullable JsonNode value, int column, String pointer) {
		if (this.task.missing() != MissingValues.ERROR && isMissing(value)) {
			return Double.NaN;
		}
		double number = finite(value, pointer, "a series has a number in every row, unless task.missing says"
				+ " how to fill it in ('interpolate' or 'forwardFill')");
		if (this.task.log() && column < this.task.target().size() && number <= 0) {
			throw new InvalidRequestException(pointer, "must be above 0 where task.log is true, but is " + number
					+ ": only positive numbers have logarithms");
		}
		return number;
	}

	private static boolean isMissing(@Nullable JsonNode value) {
		return value == null || value.isNull() || (value.isString() && MISSING.matcher(value.stringValue()).matches());
	}

	/** A number that is there and finite, as a float too. */
	private static double finite(@Nullable JsonNode value, String pointer, String why) {
		if (value == null || value.isNull()) {
			throw new InvalidRequestException(pointer, "is missing: " + why);
		}
		if (!value.isNumber()) {
			throw new InvalidRequestException(pointer,
					"must be a number" + (value.isContainer() ? "" : ", but is '" + value.asString() + "'"));
		}
		if (!Float.isFinite(value.numberValue().floatValue())) {
			throw new InvalidRequestException(pointer, "is too large: numbers must be between -3.4e38 and 3.4e38");
		}
		return value.numberValue().doubleValue();
	}

}
