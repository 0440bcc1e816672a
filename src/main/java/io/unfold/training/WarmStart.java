package io.unfold.training;

import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.PreparedTask;
import io.unfold.task.TaskSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A trained model from which training goes on: its parameters, and what its task was
 * fitted to, are taken over. The optimizer begins anew.
 *
 * @param fitted what its task fitted to its training data, as JSON
 */
public record WarmStart(TaskSpec task, NetworkSpec network, JsonNode fitted, Tensors parameters) {

	/** Where a request names the model. */
	public static final String POINTER = "/training/warmStart";

	/** Checks that the same is to be learned as before. */
	void requireTask(TaskSpec asked) {
		if (!asked.type().equals(this.task.type())) {
			throw new InvalidRequestException(POINTER,
					"was trained for " + this.task.type() + ", and this job is for " + asked.type());
		}
		JsonNode before = json(TaskSpec.class, this.task);
		JsonNode now = json(TaskSpec.class, asked);
		before.propertyNames().forEach((field) -> requireSame(field, before, now));
		now.propertyNames().forEach((field) -> requireSame(field, before, now));
	}

	private static void requireSame(String field, JsonNode before, JsonNode now) {
		if (!before.path(field).equals(now.path(field))) {
			throw new InvalidRequestException("/task/" + field, "must be as the model to start from has it: "
					+ (before.has(field) ? before.get(field) : "left out"));
		}
	}

	/** Checks that the network is the same, but for dropout, and takes the parameters. */
	void requireFits(PreparedTask<?> prepared) {
		JsonNode before = withoutDropout(json(NetworkSpec.class, this.network));
		if (!withoutDropout(json(NetworkSpec.class, prepared.network())).equals(before)) {
			throw new InvalidRequestException("/network",
					"must be left out, or be that of the model to start from (but for dropout): " + before);
		}
		Architecture<?> architecture = prepared.architecture();
		if (architecture.solvable(0).isPresent()) {
			throw new InvalidRequestException(POINTER,
					"cannot be used with reservoirs, which are trained in closed form: there is nothing to go on from");
		}
		try {
			architecture.serving(this.parameters);
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidRequestException(POINTER, "does not fit this data: " + ex.getMessage());
		}
	}

	private static JsonNode json(Class<?> type, Object value) {
		return JsonMapper.shared().readTree(JsonMapper.shared().writerFor(type).writeValueAsString(value));
	}

	private static JsonNode withoutDropout(JsonNode node) {
		if (node instanceof ObjectNode object) {
			object.remove("dropout");
		}
		node.forEach(WarmStart::withoutDropout);
		return node;
	}

}
