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
 * @param horizon steps to forecast; by default as many as the model was trained for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PredictRequest(@Nullable JsonNode sequences, @Nullable Integer topK, @Nullable JsonNode context,
		@Nullable JsonNode contexts, @Nullable Integer horizon) {

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
