package io.unfold.problem.web;

import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.MalformedRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.InvalidTypeIdException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * What Jackson found wrong with a document, in words for the client who wrote it: the
 * field by its JSON pointer, and what would be right there.
 */
final class JsonFaults {

	private static final Logger log = LoggerFactory.getLogger(JsonFaults.class);

	private JsonFaults() {
	}

	/**
	 * {@link MalformedRequestException} where the document is not JSON or not of the
	 * right structure, {@link InvalidRequestException} where a record refused its values.
	 */
	static RuntimeException explain(JacksonException fault) {
		if (fault instanceof ValueInstantiationException refused) {
			return refused(refused);
		}
		if (fault instanceof InvalidTypeIdException unknown) {
			return unknownType(unknown);
		}
		if (fault instanceof UnrecognizedPropertyException unknown) {
			return malformed(fault, "is not known here; known are " + JsonWords.list(unknown.getKnownPropertyIds()));
		}
		if (fault instanceof InvalidNullException) {
			return malformed(fault, "must not be null");
		}
		if (fault instanceof MismatchedInputException mismatch) {
			return mismatch(mismatch);
		}
		if (fault instanceof InputCoercionException) {
			return malformed(fault, JsonWords.grammar(fault.getOriginalMessage()));
		}
		return notJson(fault);
	}

	/** The same, seen from a document in which this one is at {@code prefix}. */
	static RuntimeException explain(JacksonException fault, String prefix) {
		RuntimeException explained = explain(fault);
		if (explained instanceof MalformedRequestException malformed) {
			return malformed.under(prefix);
		}
		return (explained instanceof InvalidRequestException invalid) ? invalid.under(prefix) : explained;
	}

	/** A record refused its values. */
	private static RuntimeException refused(ValueInstantiationException fault) {
		String pointer = pointer(fault);
		Throwable cause = fault.getCause();
		if (cause instanceof InvalidFieldException field) {
			// a value that is no record, a name for one, is the field itself
			String at = pointer.endsWith("/" + field.field()) ? pointer : pointer + "/" + field.field();
			return new InvalidRequestException(at, String.valueOf(field.getMessage()));
		}
		if (cause instanceof InvalidRequestException request) {
			return request.under(pointer);
		}
		if (cause instanceof MalformedRequestException request) {
			return request.under(pointer);
		}
		log.warn("a record refused its values without naming the field", fault);
		return new InvalidRequestException(pointer, "is not valid");
	}

	private static RuntimeException unknownType(InvalidTypeIdException fault) {
		Class<?> base = fault.getBaseType().getRawClass();
		JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
		String field = (info != null) ? info.property() : "";
		if (field.isEmpty()) {
			return malformed(fault, "is of no known type");
		}
		if (fault.getCurrentToken() != null && fault.getCurrentToken().isScalarValue() && fault.getTypeId() == null) {
			return malformed(fault,
					"must be an object with the field '" + field + "', " + JsonWords.oneOf(JsonWords.typeNames(base))
							+ ", but is " + JsonWords.found(fault.getCurrentToken()));
		}
		String wrong = (fault.getTypeId() != null) ? "'" + JsonWords.quote(fault.getTypeId()) + "' is not known"
				: "is missing";
		return new MalformedRequestException(Violation.of(pointer(fault) + "/" + escape(field),
				wrong + "; must be " + JsonWords.oneOf(JsonWords.typeNames(base))));
	}

	private static RuntimeException mismatch(MismatchedInputException fault) {
		String message = fault.getOriginalMessage();
		if (message.startsWith("Missing required")) {
			return malformed(fault, "is missing");
		}
		if (message.startsWith("Trailing token")) {
			return at(fault.getLocation(), "Something follows the end of the JSON document");
		}
		if (message.startsWith("No content")) {
			return new MalformedRequestException(Violation.of("", "The request has no body"));
		}
		if (fault instanceof InvalidFormatException format && format.getTargetType().isEnum()) {
			return malformed(fault, "'" + JsonWords.quote(String.valueOf(format.getValue()))
					+ "' is not known; must be " + JsonWords.expected(format.getTargetType()));
		}
		String expected = JsonWords.expected(fault.getTargetType());
		String found = (fault.getCurrentToken() != null) ? ", but is " + JsonWords.found(fault.getCurrentToken()) : "";
		return malformed(fault, "must be " + expected + found);
	}

	private static RuntimeException notJson(JacksonException fault) {
		String message = fault.getOriginalMessage();
		TokenStreamLocation location = fault.getLocation();
		// the parser's pointer is of the last field read, which an unexpected character
		// is not in
		boolean inField = message != null && !message.startsWith("Unexpected");
		if (inField && location != null && fault.processor() instanceof JsonParser parser) {
			String pointer = parser.streamReadContext().pathAsPointer().toString();
			if (!pointer.isEmpty()) {
				return new MalformedRequestException(new Violation(pointer, (long) location.getLineNr(),
						location.getColumnNr(), JsonWords.grammar(message)));
			}
		}
		return at(location, JsonWords.grammar(message));
	}

	private static RuntimeException at(@Nullable TokenStreamLocation location, String detail) {
		if (location == null || location.getLineNr() < 1) {
			return new MalformedRequestException("", detail);
		}
		return new MalformedRequestException(Violation.at(location.getLineNr(), location.getColumnNr(), detail));
	}

	private static RuntimeException malformed(JacksonException fault, String detail) {
		return new MalformedRequestException(pointer(fault), detail);
	}

	/** Where in the document the fault is, as a JSON pointer (RFC 6901). */
	private static String pointer(JacksonException fault) {
		return fault.getPath()
			.stream()
			.map((r) -> "/" + ((r.getPropertyName() != null) ? escape(r.getPropertyName()) : r.getIndex()))
			.collect(Collectors.joining());
	}

	private static String escape(String name) {
		return name.replace("~", "~0").replace("/", "~1");
	}

}
