package io.unfold.task.captioning;

import io.unfold.data.DataRecord;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.sequence.SequenceRecords;
import tools.jackson.databind.JsonNode;

/** The numbers that a caption is about, as a client gives them. */
final class FeatureVector {

	/** Numbers that a vector has at most. */
	static final int MAX_SIZE = 100_000;

	private FeatureVector() {
	}

	/** The field {@code features} of an example. */
	static float[] of(DataRecord record) {
		return parse(SequenceRecords.required(record, "features"), "/features");
	}

	/**
	 * The numbers of a JSON list, all finite; at least one.
	 * @throws InvalidRequestException below the pointer
	 */
	static float[] parse(JsonNode node, String pointer) {
		if (!node.isArray() || node.isEmpty()) {
			throw new InvalidRequestException(pointer, "must be a list of numbers, at least one");
		}
		if (node.size() > MAX_SIZE) {
			throw new InvalidRequestException(pointer,
					"has " + node.size() + " numbers: a feature vector has at most " + MAX_SIZE);
		}
		float[] vector = new float[node.size()];
		for (int i = 0; i < vector.length; i++) {
			JsonNode number = node.get(i);
			if (!number.isNumber()) {
				throw new InvalidRequestException(pointer + "/" + i, "must be a number"
						+ (number.isValueNode() && !number.isNull() ? ", but is '" + number.asString() + "'" : ""));
			}
			vector[i] = number.numberValue().floatValue();
			if (!Float.isFinite(vector[i])) {
				throw new InvalidRequestException(pointer + "/" + i,
						"is too large: numbers must be between -3.4e38 and 3.4e38");
			}
		}
		return vector;
	}

}
