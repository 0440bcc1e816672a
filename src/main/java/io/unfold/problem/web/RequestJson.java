package io.unfold.problem.web;

import io.unfold.problem.MalformedRequestException;
import io.unfold.problem.Violation;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads records from a part of a request's JSON, with faults that point into the whole of
 * it.
 */
@Component
public class RequestJson {

	private final JsonMapper mapper;

	public RequestJson(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * The record that a part of a document describes.
	 * @param pointer where in the document that part is: {@code /network}, or empty for
	 * the whole
	 * @throws io.unfold.problem.MalformedRequestException when the part is not of the
	 * record's structure (400)
	 * @throws io.unfold.problem.InvalidRequestException when the record refuses its
	 * values (422)
	 */
	public <T> T read(JsonNode part, Class<T> type, String pointer) {
		T value;
		try {
			value = this.mapper.treeToValue(part, type);
		}
		catch (JacksonException ex) {
			throw JsonFaults.explain(ex, pointer);
		}
		if (value == null) {
			throw new MalformedRequestException(Violation.of(pointer, "must not be null"));
		}
		return value;
	}

}
