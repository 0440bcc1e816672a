package io.unfold.job;

import java.util.Iterator;
import java.util.Map;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON without numbers that JSON has not: a field that is NaN or infinite is left out.
 */
final class FiniteJson {

	private FiniteJson() {
	}

	static JsonNode of(Object value) {
		JsonNode tree = StoredJson.MAPPER.valueToTree(value);
		prune(tree);
		return tree;
	}

	private static void prune(JsonNode node) {
		if (node instanceof ObjectNode object) {
			Iterator<Map.Entry<String, JsonNode>> fields = object.properties().iterator();
			while (fields.hasNext()) {
				JsonNode field = fields.next().getValue();
				if (isNotFinite(field)) {
					fields.remove();
				}
				else {
					prune(field);
				}
			}
		}
		else if (node instanceof ArrayNode array) {
			for (int i = 0; i < array.size(); i++) {
				if (isNotFinite(array.get(i))) {
					array.setNull(i);
				}
				else {
					prune(array.get(i));
				}
			}
		}
	}

	private static boolean isNotFinite(JsonNode node) {
		return node.isNumber() && !Double.isFinite(node.doubleValue());
	}

}
