package io.unfold.task.forecasting;

import java.util.List;

import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the rows of a series from JSON. */
final class Rows {

	private Rows() {
	}

	/** A number that is there and finite, as a float too. */
	static double number(@Nullable JsonNode value, String pointer) {
		if (value == null || value.isNull()) {
			throw new InvalidRequestException(pointer, "is missing: a series has a number in every row");
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

	/**
	 * The rows of a context: lists of the variables' values, objects with a field for
	 * each variable, or, for a single variable, numbers.
	 * @return [time][variable]
	 */
	static double[][] parse(JsonNode context, List<String> variables, String pointer) {
		if (!context.isArray() || context.isEmpty()) {
			throw new InvalidRequestException(pointer, "must be a list of rows, one for each time step");
		}
		double[][] rows = new double[context.size()][];
		for (int t = 0; t < rows.length; t++) {
			rows[t] = row(context.get(t), variables, pointer + "/" + t);
		}
		return rows;
	}

	private static double[] row(JsonNode row, List<String> variables, String pointer) {
		double[] values = new double[variables.size()];
		if (row.isObject()) {
			for (int v = 0; v < values.length; v++) {
				values[v] = number(row.get(variables.get(v)), pointer + "/" + variables.get(v));
			}
		}
		else if (row.isArray()) {
			if (row.size() != values.length) {
				throw new InvalidRequestException(pointer,
						"must have a value for each of " + String.join(", ", variables) + ", but has " + row.size());
			}
			for (int v = 0; v < values.length; v++) {
				values[v] = number(row.get(v), pointer + "/" + v);
			}
		}
		else if (values.length == 1) {
			values[0] = number(row, pointer);
		}
		else {
			throw new InvalidRequestException(pointer,
					"must be a list or an object with a value for each of " + String.join(", ", variables));
		}
		return values;
	}

}
