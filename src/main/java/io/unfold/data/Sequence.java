package io.unfold.data;

import java.util.ArrayList;
import java.util.List;

import io.unfold.problem.InvalidRequestException;
import tools.jackson.databind.JsonNode;

/**
 * A sequence as a client gives it: {@code [[0.1, 0.2], [0.3, 0.4]]} (steps of numbers),
 * {@code [0.1, 0.3]} (one number a step), {@code ["the", "cat"]} (tokens) or
 * {@code "the cat"} (text).
 */
public sealed interface Sequence {

	/** Steps, or characters of a text, that a sequence can have. */
	int MAX_STEPS = 100_000;

	/** Numbers that a step can have. */
	int MAX_FEATURES = 10_000;

	/**
	 * Steps of numbers.
	 *
	 * @param steps [steps][features], all finite
	 */
	record Numbers(float[][] steps) implements Sequence {

		/** Numbers at each step. */
		public int features() {
			return this.steps[0].length;
		}

	}

	/** Steps of tokens, none of them empty. */
	record Tokens(List<String> tokens) implements Sequence {

		public Tokens {
			tokens = List.copyOf(tokens);
		}

	}

	/** Text that has yet to be split into tokens; not blank. */
	record Text(String text) implements Sequence {

		/** Its tokens. */
		public Tokens split(Tokenizer tokenizer) {
			return new Tokens(tokenizer.split(this.text));
		}

	}

	/**
	 * The sequence that a JSON value is.
	 * @throws InvalidRequestException where it is none, with a pointer relative to the
	 * value: {@code /3/1} is the second number of the fourth step
	 */
	static Sequence parse(JsonNode node) {
		if (node.isString()) {
			return text(node.stringValue());
		}
		if (!node.isArray()) {
			throw new InvalidRequestException("",
					"must be a list of numbers, of lists of numbers or of strings, or a text, but is "
							+ describe(node));
		}
		if (node.isEmpty()) {
			throw new InvalidRequestException("", "must have at least one step");
		}
		if (node.size() > MAX_STEPS) {
			throw new InvalidRequestException("", "must have at most " + MAX_STEPS + " steps, but has " + node.size());
		}
		JsonNode first = node.get(0);
		if (first.isString()) {
			return tokens(node);
		}
		return first.isArray() ? vectors(node, first.size()) : numbers(node);
	}

	private static Text text(String text) {
		if (text.isBlank()) {
			throw new InvalidRequestException("", "must not be blank");
		}
		int length = text.codePointCount(0, text.length());
		if (length > MAX_STEPS) {
			throw new InvalidRequestException("", "must have at most " + MAX_STEPS + " characters, but has " + length);
		}
		return new Text(text);
	}

	private static Tokens tokens(JsonNode node) {
		List<String> tokens = new ArrayList<>(node.size());
		for (int i = 0; i < node.size(); i++) {
			JsonNode token = node.get(i);
			if (!token.isString()) {
				throw new InvalidRequestException("/" + i,
						"must be a string like the first step, but is " + describe(token));
			}
			if (token.stringValue().isEmpty()) {
				throw new InvalidRequestException("/" + i, "must not be an empty string");
			}
			tokens.add(token.stringValue());
		}
		return new Tokens(tokens);
	}

	private static Numbers numbers(JsonNode node) {
		float[][] steps = new float[node.size()][1];
		for (int i = 0; i < steps.length; i++) {
			JsonNode value = node.get(i);
			if (i > 0 && (value.isArray() || value.isString())) {
				throw new InvalidRequestException("/" + i,
						"must be a number like the first step, but is " + describe(value));
			}
			steps[i][0] = number(value, "/" + i);
		}
		return new Numbers(steps);
	}

	private static Numbers vectors(JsonNode node, int features) {
		if (features < 1 || features > MAX_FEATURES) {
			throw new InvalidRequestException("/0",
					"must hold between 1 and " + MAX_FEATURES + " numbers, but holds " + features);
		}
		float[][] steps = new float[node.size()][features];
		for (int i = 0; i < steps.length; i++) {
			JsonNode step = node.get(i);
			if (!step.isArray()) {
				throw new InvalidRequestException("/" + i,
						"must be a list of numbers like the first step, but is " + describe(step));
			}
			if (step.size() != features) {
				throw new InvalidRequestException("/" + i,
						"must hold " + features + " numbers like the first step, but holds " + step.size());
			}
			for (int j = 0; j < features; j++) {
				steps[i][j] = number(step.get(j), "/" + i + "/" + j);
			}
		}
		return new Numbers(steps);
	}

	private static float number(JsonNode node, String pointer) {
		if (!node.isNumber()) {
			throw new InvalidRequestException(pointer, "must be a number, but is " + describe(node));
		}
		// unlike the node's own conversions, this one gives infinity instead of an
		// exception
		float value = node.numberValue().floatValue();
		if (!Float.isFinite(value)) {
			throw new InvalidRequestException(pointer, "is too large: numbers must be between -3.4e38 and 3.4e38");
		}
		return value;
	}

	/** What a JSON value is, for messages. */
	private static String describe(JsonNode node) {
		return switch (node.getNodeType()) {
			case STRING -> node.stringValue().isBlank() ? "a blank string"
					: "the string '"
							+ node.stringValue()
								.codePoints()
								.limit(40)
								.collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
							+ "'";
			case NUMBER -> "a number";
			case BOOLEAN -> node.booleanValue() ? "true" : "false";
			case ARRAY -> "a list";
			case OBJECT -> "an object";
			default -> "null";
		};
	}

}
