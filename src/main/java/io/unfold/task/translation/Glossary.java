package io.unfold.task.translation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.unfold.data.Tokenizer;
import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Terms whose translations are prescribed. In JSON a list of {@code {"source": "...",
 * "target": "..."}}, or an object with a field for each term.
 *
 * @param terms in the order in which they came
 */
public record Glossary(List<Term> terms) {

	/** No terms. */
	public static final Glossary EMPTY = new Glossary(List.of());

	/** Terms of a glossary at most. */
	public static final int MOST_TERMS = 1_000;

	/** Characters of a term, and of its translation, at most. */
	public static final int MOST_CHARACTERS = 500;

	public Glossary {
		terms = List.copyOf(terms);
	}

	/**
	 * Reads the field {@code glossary} of a request.
	 * @param node null for no glossary
	 * @throws InvalidRequestException with pointers {@code /glossary/...}
	 */
	public static Glossary parse(@Nullable JsonNode node) {
		if (node == null || node.isNull()) {
			return EMPTY;
		}
		List<Term> terms = new ArrayList<>();
		Map<String, String> targets = new HashMap<>();
		if (!node.isArray() && !node.isObject()) {
			throw new InvalidRequestException("/glossary",
					"must be a list of {\"source\", \"target\"}, or an object with a field for each term");
		}
		if (node.size() > MOST_TERMS) {
			throw new InvalidRequestException("/glossary",
					"has " + node.size() + " terms: send at most " + MOST_TERMS + " in one request");
		}
		if (node.isObject()) {
			node.propertyStream().forEach((field) -> {
				String pointer = "/glossary/" + field.getKey().replace("~", "~0").replace("/", "~1");
				requireText(field.getKey(), pointer);
				terms.add(new Term(field.getKey(), text(field.getValue(), pointer)));
			});
		}
		for (int i = 0; node.isArray() && i < node.size(); i++) {
			terms.add(term(node.get(i), "/glossary/" + i));
		}
		for (int i = 0; i < terms.size(); i++) {
			Term term = terms.get(i);
			String before = targets.put(term.source(), term.target());
			if (before != null && !before.equals(term.target())) {
				throw new InvalidRequestException("/glossary/" + i + "/source",
						"'" + term.source() + "' has two translations, '" + before + "' and '" + term.target() + "'");
			}
		}
		return new Glossary(terms);
	}

	private static Term term(JsonNode node, String pointer) {
		if (!node.isObject()) {
			throw new InvalidRequestException(pointer, "must be an object with 'source' and 'target'");
		}
		node.propertyNames().forEach((name) -> {
			if (!name.equals("source") && !name.equals("target")) {
				throw new InvalidRequestException(pointer + "/" + name,
						"is not known: a term has 'source' and 'target'");
			}
		});
		return new Term(text(node.get("source"), pointer + "/source"), text(node.get("target"), pointer + "/target"));
	}

	private static String text(@Nullable JsonNode node, String pointer) {
		if (node == null || !node.isString()) {
			throw new InvalidRequestException(pointer, "must be a text");
		}
		requireText(node.stringValue(), pointer);
		return node.stringValue();
	}

	private static void requireText(String text, String pointer) {
		if (Tokenizer.isBlank(text)) {
			throw new InvalidRequestException(pointer, "must not be blank");
		}
		if (text.length() > MOST_CHARACTERS) {
			throw new InvalidRequestException(pointer,
					"has " + text.length() + " characters: a term has at most " + MOST_CHARACTERS);
		}
	}

	/**
	 * A term.
	 *
	 * @param source as it occurs in texts, in upper or lower case
	 * @param target as it must be written
	 */
	public record Term(String source, String target) {
	}

}
