package io.unfold.dataset;

import java.util.Map;

import io.unfold.data.DataRecord;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Cuts a record to a size that can be looked at. */
final class Excerpt {

	private static final int MAX_ELEMENTS = 50;

	private static final int MAX_CHARS = 500;

	private boolean cut;

	private Excerpt() {
	}

	static DatasetPreview.Sample of(DataRecord record) {
		Excerpt excerpt = new Excerpt();
		ObjectNode fields = excerpt.object(record.fields());
		return new DatasetPreview.Sample(record.line(), fields, excerpt.cut);
	}

	private JsonNode cut(JsonNode node) {
		if (node.isString() && node.stringValue().length() > MAX_CHARS) {
			this.cut = true;
			String text = node.stringValue();
			return JsonNodeFactory.instance.stringNode(text.substring(0,
					text.offsetByCodePoints(0, Math.min(MAX_CHARS, text.codePointCount(0, text.length())))) + "…");
		}
		if (node instanceof ArrayNode array) {
			return array(array);
		}
		return (node instanceof ObjectNode object) ? object(object) : node;
	}

	private ArrayNode array(ArrayNode array) {
		ArrayNode kept = JsonNodeFactory.instance.arrayNode();
		for (int i = 0; i < Math.min(array.size(), MAX_ELEMENTS); i++) {
			kept.add(cut(array.get(i)));
		}
		this.cut |= array.size() > MAX_ELEMENTS;
		return kept;
	}

	private ObjectNode object(ObjectNode object) {
		ObjectNode kept = JsonNodeFactory.instance.objectNode();
		for (Map.Entry<String, JsonNode> field : object.properties()) {
			if (kept.size() == MAX_ELEMENTS) {
				this.cut = true;
				break;
			}
			kept.set(field.getKey(), cut(field.getValue()));
		}
		return kept;
	}

}
