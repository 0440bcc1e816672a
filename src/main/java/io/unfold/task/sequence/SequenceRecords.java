package io.unfold.task.sequence;

import java.util.List;

import io.unfold.data.DataRecord;
import io.unfold.data.Sequence;
import io.unfold.data.Tokenizer;
import io.unfold.problem.InvalidRequestException;
import tools.jackson.databind.JsonNode;

/** Reads the fields of examples. */
public final class SequenceRecords {

	private SequenceRecords() {
	}

	/** The field {@code sequence} of an example. */
	public static Sequence sequence(DataRecord record) {
		return parse(required(record, "sequence"), "/sequence");
	}

	/**
	 * The sequence that a JSON value is.
	 * @param pointer of the value, for errors
	 */
	public static Sequence parse(JsonNode node, String pointer) {
		try {
			return Sequence.parse(node);
		}
		catch (InvalidRequestException ex) {
			throw ex.under(pointer);
		}
	}

	/** The tokens of a text; at least one. */
	public static List<String> tokens(Tokenizer tokenizer, String text, String pointer) {
		List<String> tokens = tokenizer.split(text);
		if (tokens.isEmpty()) {
			throw new InvalidRequestException(pointer, "must not be blank");
		}
		return tokens;
	}

	/**
	 * A field that is a text that is not blank; numbers and truth values are taken as
	 * their text.
	 */
	public static String text(DataRecord record, String field) {
		JsonNode node = required(record, field);
		if (node.isContainer()) {
			throw new InvalidRequestException("/" + field, "must be a text");
		}
		String text = node.asString();
		if (text.isBlank()) {
			throw new InvalidRequestException("/" + field, "must not be blank");
		}
		return text;
	}

	private static JsonNode required(DataRecord record, String field) {
		JsonNode node = record.fields().get(field);
		if (node == null || node.isNull()) {
			throw new InvalidRequestException("/" + field, "is missing: every example needs '" + field
					+ "'; this one has " + String.join(", ", record.fields().propertyNames()));
		}
		return node;
	}

}
