package io.unfold.task;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What is to be predicted. Which fields there may be depends on the model's task.
 *
 * @param sequences to answer: a list of S
 * @param topK labels whose probabilities are given, the likeliest first; by default all
 * @param context rows that the forecast goes on from
 * @param contexts several of them
 * @param horizon steps to forecast; by default as many as the model was trained for, or
 * as there are rows in {@code future}
 * @param future what is known of the rows to forecast: the covariates that the model was
 * told ahead
 * @param futures the same for each of several contexts
 * @param series name of the series that the context is of, or a list of names for several
 * contexts; by default the context's own scale is taken
 * @param level share of the values that the prediction intervals should hold, above 0 and
 * below 1; by default that of the task
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictRequest(@Nullable JsonNode sequences, @Nullable Integer topK, @Nullable JsonNode context,
		@Nullable JsonNode contexts, @Nullable Integer horizon, @Nullable JsonNode future, @Nullable JsonNode futures,
		@Nullable JsonNode series, @Nullable Double level) {

	/** Sequences, or contexts, of one request at most. */
	public static final int MOST = 10_000;

	/**
	 * Checks that there are no fields but these.
	 * @param task name of the model's task
	 */
	public void requireOnly(String task, Set<String> allowed) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		fields.put("sequences", this.sequences);
		fields.put("topK", this.topK);
		fields.put("context", this.context);
		fields.put("contexts", this.contexts);
		fields.put("horizon", this.horizon);
		fields.put("future", this.future);
		fields.put("futures", this.futures);
		fields.put("series", this.series);
		fields.put("level", this.level);
		fields.forEach((name, value) -> {
			if (value != null && !allowed.contains(name)) {
				throw new InvalidRequestException("/" + name, "is not for a model trained for " + task
						+ ", which takes " + String.join(", ", allowed.stream().sorted().toList()));
			}
		});
	}

	/** A list of 1 to {@value #MOST} elements. */
	public static JsonNode list(@Nullable JsonNode node, String pointer, String what) {
		if (node == null || !node.isArray() || node.isEmpty()) {
			throw new InvalidRequestException(pointer, "must be a list of " + what + ", at least one");
		}
		if (node.size() > MOST) {
			throw new InvalidRequestException(pointer,
					"has " + node.size() + " " + what + ": send at most " + MOST + " in one request");
		}
		return node;
	}

}
