package io.unfold.problem.web;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeName;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.node.ArrayNode;

/** Words for the types and tokens of JSON. */
final class JsonWords {

	private static final int LONGEST_QUOTE = 60;

	private JsonWords() {
	}

	/** What must stand where a value of that type is read. */
	static String expected(@Nullable Class<?> type) {
		if (type == null) {
			return "another type";
		}
		if (type.isEnum()) {
			return oneOf(constants(type));
		}
		if (type == boolean.class || type == Boolean.class) {
			return "true or false";
		}
		if (type == double.class || type == float.class || type == Double.class || type == Float.class) {
			return "a number";
		}
		if (type.isPrimitive() || type == Integer.class || type == Long.class || type == BigInteger.class) {
			return "a whole number";
		}
		if (CharSequence.class.isAssignableFrom(type)) {
			return "a string";
		}
		if (Collection.class.isAssignableFrom(type) || type.isArray() || type == ArrayNode.class) {
			return "an array";
		}
		return "an object";
	}

	/** What stands there. */
	static String found(JsonToken token) {
		return switch (token) {
			case START_ARRAY, END_ARRAY -> "an array";
			case START_OBJECT, END_OBJECT, PROPERTY_NAME -> "an object";
			case VALUE_STRING -> "a string";
			case VALUE_NUMBER_INT -> "a whole number";
			case VALUE_NUMBER_FLOAT -> "a number with a fraction or an exponent";
			case VALUE_TRUE, VALUE_FALSE -> "a boolean";
			case VALUE_NULL -> "null";
			default -> "something else";
		};
	}

	/**
	 * The names by which JSON chooses among the types of a base: a list on the base, or a
	 * name on each of the types that a sealed base permits.
	 */
	static List<String> typeNames(Class<?> base) {
		JsonSubTypes listed = base.getAnnotation(JsonSubTypes.class);
		if (listed != null) {
			return Arrays.stream(listed.value()).map(JsonSubTypes.Type::name).toList();
		}
		return permitted(base).map((type) -> type.getAnnotation(JsonTypeName.class))
			.filter((name) -> name != null)
			.map(JsonTypeName::value)
			.toList();
	}

	private static Stream<Class<?>> permitted(Class<?> type) {
		Class<?>[] permitted = type.getPermittedSubclasses();
		return (permitted != null) ? Arrays.stream(permitted).flatMap(JsonWords::permitted) : Stream.of(type);
	}

	private static List<String> constants(Class<?> type) {
		return Arrays.stream(type.getFields()).filter((field) -> field.isEnumConstant()).map((field) -> {
			JsonProperty renamed = field.getAnnotation(JsonProperty.class);
			return (renamed != null) ? renamed.value() : field.getName();
		}).toList();
	}

	static String oneOf(List<String> names) {
		return (names.size() == 1) ? "'" + names.get(0) + "'" : "one of " + list(names);
	}

	static String list(Collection<?> names) {
		return names.stream().map((name) -> "'" + name + "'").sorted().collect(Collectors.joining(", "));
	}

	/** The text, cut where it is long. */
	static String quote(String text) {
		return (text.length() <= LONGEST_QUOTE) ? text : text.substring(0, LONGEST_QUOTE) + "...";
	}

	/** A parser's message without the names of its settings and classes. */
	static String grammar(@Nullable String message) {
		if (message == null) {
			return "is not JSON";
		}
		return message.replaceAll("Non-standard token '([^']{1,20})'.*", "$1 is not a number in JSON")
			.replaceAll("Duplicate Object property \"(.{0,200})\"", "The field '$1' is given twice")
			.replaceAll("\\s*\\((start marker|for \\w+ starting) at .*", "")
			.replaceAll(", from `[^`]*`", "")
			.replaceAll("`(int|long|short|byte)`", "a whole number")
			.replaceAll("\\R.*", "");
	}

}
