package io.unfold.data;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON as RFC 8259 has it, and no more: no duplicate names, no NaN, no number that
 * overflows, no half of a surrogate pair; faults are given with line and column.
 */
final class StrictJson {

	private static final int MAX_DEPTH = 64;

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final JsonFactory FACTORY = JsonFactory.builder()
		.streamReadConstraints(
				StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(1 << 24).build())
		.build();

	private final String text;

	private final long line;

	private final JsonParser parser;

	private StrictJson(String text, long line) {
		this.text = text;
		this.line = line;
		this.parser = FACTORY.createParser(ObjectReadContext.empty(), text);
	}

	/**
	 * The object that a line holds.
	 * @param line the line's number, for faults
	 */
	static ObjectNode object(String text, long line) {
		StrictJson json = new StrictJson(text, line);
		if (json.parse() instanceof ObjectNode object) {
			return object;
		}
		throw new InvalidRequestException(Violation.at(line, 1 + leadingBlanks(text),
				"every line must hold one JSON object, as in {\"name\": 1}"));
	}

	/** The array that a cell holds, or null where it holds something else. */
	static @Nullable ArrayNode array(String text) {
		try {
			return (new StrictJson(text, 1).parse() instanceof ArrayNode array) ? array : null;
		}
		catch (InvalidRequestException ex) {
			return null;
		}
	}

	/** Whether a string has surrogates only in pairs, so that UTF-8 can hold it. */
	static boolean isWellFormed(String text) {
		for (int i = 0; i < text.length(); i++) {
			if (Character.isSurrogate(text.charAt(i))) {
				if (Character.charCount(text.codePointAt(i)) == 1) {
					return false;
				}
				i++;
			}
		}
		return true;
	}

	private JsonNode parse() {
		try (this.parser) {
			JsonNode node = node(this.parser.nextToken());
			if (this.parser.nextToken() != null) {
				throw invalid(this.parser.currentTokenLocation(),
						"is text after the end of the object: every line must hold one JSON object");
			}
			return node;
		}
		catch (JacksonException ex) {
			throw explained(ex);
		}
	}

	private JsonNode node(JsonToken token) {
		return switch (token) {
			case START_OBJECT -> object();
			case START_ARRAY -> array();
			case VALUE_STRING -> NODES.stringNode(wellFormed(this.parser.getString()));
			case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(token);
			case VALUE_TRUE -> NODES.booleanNode(true);
			case VALUE_FALSE -> NODES.booleanNode(false);
			case VALUE_NULL -> NODES.nullNode();
			default -> throw new IllegalStateException("unexpected " + token);
		};
	}

	private ObjectNode object() {
		ObjectNode object = NODES.objectNode();
		while (this.parser.nextToken() != JsonToken.END_OBJECT) {
			String name = wellFormed(this.parser.currentName());
			if (object.has(name)) {
				throw invalid(this.parser.currentTokenLocation(), "the field '" + name + "' is there twice");
			}
			object.set(name, node(this.parser.nextToken()));
		}
		return object;
	}

	private ArrayNode array() {
		ArrayNode array = NODES.arrayNode();
		JsonToken token;
		while ((token = this.parser.nextToken()) != JsonToken.END_ARRAY) {
			array.add(node(token));
		}
		return array;
	}

	private JsonNode number(JsonToken token) {
		if (!Double.isFinite(this.parser.getDoubleValue())) {
			throw invalid(this.parser.currentTokenLocation(), "is a number too large to be kept");
		}
		if (token == JsonToken.VALUE_NUMBER_FLOAT) {
			return NODES.numberNode(this.parser.getDoubleValue());
		}
		return switch (this.parser.getNumberType()) {
			case INT -> NODES.numberNode(this.parser.getIntValue());
			case LONG -> NODES.numberNode(this.parser.getLongValue());
			default -> NODES.numberNode(this.parser.getBigIntegerValue());
		};
	}

	private String wellFormed(String string) {
		if (!isWellFormed(string)) {
			throw invalid(this.parser.currentTokenLocation(),
					"holds an escaped surrogate without its pair, which is not a character");
		}
		return string;
	}

	private InvalidRequestException invalid(@Nullable TokenStreamLocation location, String detail) {
		return invalid((location != null) ? location.getColumnNr() - 1 : -1, detail);
	}

	/**
	 * A fault.
	 * @param offset where in the text, in chars from 0; negative where unknown
	 */
	private InvalidRequestException invalid(int offset, String detail) {
		Integer column = (offset >= 0) ? 1 + this.text.codePointCount(0, Math.min(offset, this.text.length())) : null;
		return new InvalidRequestException(Violation.at(this.line, column, detail));
	}

	private InvalidRequestException explained(JacksonException ex) {
		if (ex instanceof UnexpectedEndOfInputException) {
			return invalid(ex.getLocation(), "the JSON ends too early: every line must hold one whole JSON object");
		}
		if (ex instanceof StreamConstraintsException) {
			return invalid(ex.getLocation(),
					"is JSON nested deeper than " + MAX_DEPTH + " levels, or an absurdly long name, number or string");
		}
		String message = ex.getOriginalMessage();
		if (message.startsWith("Non-standard token") || message.startsWith("Unrecognized token")) {
			// the parser stands behind the word
			int offset = Math.min(ex.getLocation().getColumnNr() - 1, this.text.length());
			while (offset > 0 && isWord(this.text.charAt(offset - 1))) {
				offset--;
			}
			return invalid(offset, message.startsWith("Non-standard token")
					? "is not a finite number: JSON has no NaN and no Infinity" : "is not valid JSON: " + message);
		}
		return invalid(ex.getLocation(), "is not valid JSON: " + message);
	}

	private static boolean isWord(char c) {
		return Character.isLetterOrDigit(c) || c == '-' || c == '+' || c == '_';
	}

	private static int leadingBlanks(String text) {
		return text.length() - text.stripLeading().length();
	}

}
