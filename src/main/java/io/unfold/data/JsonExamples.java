package io.unfold.data;

import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.unfold.problem.InvalidRequestException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of a JSON array as records. */
record JsonExamples(ArrayNode examples) implements DataSource {

	@Override
	public Stream<DataRecord> records() {
		if (this.examples.isEmpty()) {
			throw new InvalidRequestException("", "must hold at least one example");
		}
		return IntStream.range(0, this.examples.size()).mapToObj(this::record);
	}

	private DataRecord record(int index) {
		String pointer = "/" + index;
		if (!(this.examples.get(index) instanceof ObjectNode object)) {
			throw new InvalidRequestException(pointer, "must be an object with the example's fields");
		}
		check(object, pointer);
		return new DataRecord(index + 1L, object);
	}

	private static void check(JsonNode node, String pointer) {
		if (node.isNumber() && !Double.isFinite(node.numberValue().doubleValue())) {
			throw new InvalidRequestException(pointer, "is a number too large to be kept");
		}
		if (node.isString() && !StrictJson.isWellFormed(node.stringValue())) {
			throw new InvalidRequestException(pointer,
					"holds an escaped surrogate without its pair, which is not a character");
		}
		if (node.isArray()) {
			for (int i = 0; i < node.size(); i++) {
				check(node.get(i), pointer + "/" + i);
			}
		}
		for (Map.Entry<String, JsonNode> field : node.properties()) {
			check(field.getValue(), pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"));
		}
	}

}
