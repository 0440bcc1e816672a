package io.unfold.data;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One record of a dataset: a line of JSONL, a row of CSV or TSV, an element of a JSON
 * array, or a whole text.
 *
 * @param line line of the file on which the record begins, from 1; for the elements of a
 * JSON array, the element's number from 1
 * @param fields the record's fields by name. CSV and TSV cells are numbers where they
 * parse as finite numbers, arrays where they parse as JSON arrays, null where empty, and
 * strings otherwise. Three kinds of columns, known by their names, are read more
 * narrowly: see {@link CellType}
 * @param inline whether it is an element of a JSON array
 */
public record DataRecord(long line, ObjectNode fields, boolean inline) {

	/** A record of a file. */
	public DataRecord(long line, ObjectNode fields) {
		this(line, fields, false);
	}

	/** The sequence in a field. */
	public Sequence sequence(String field) {
		JsonNode node = required(field);
		try {
			return Sequence.parse(node);
		}
		catch (InvalidRequestException ex) {
			throw invalid(field, ex);
		}
	}

	/** The string in a field. */
	public String text(String field) {
		JsonNode node = required(field);
		if (!node.isString()) {
			throw invalid(field, "must be a string, but is " + Sequence.describe(node));
		}
		return node.stringValue();
	}

	/** The name in a field: a string that is not blank, a number, true or false. */
	public String label(String field) {
		JsonNode node = required(field);
		if (node.isContainer() || node.asString().isBlank()) {
			throw invalid(field, "must be a string that is not blank, or a number, but is " + Sequence.describe(node));
		}
		return node.asString();
	}

	/** The number in a field, of a size that a network can take. */
	public double number(String field) {
		JsonNode node = required(field);
		if (!node.isNumber()) {
			throw invalid(field, "must be a number, but is " + Sequence.describe(node));
		}
		double value = node.numberValue().doubleValue();
		if (!Float.isFinite((float) value)) {
			throw invalid(field, Sequence.TOO_LARGE);
		}
		return value;
	}

	/** Something that is wrong with a field. */
	public InvalidRequestException invalid(String field, String detail) {
		return invalid(field, new InvalidRequestException("", detail));
	}

	/**
	 * What is wrong with a field, seen from its dataset: in a file with the line, in a
	 * JSON array with the pointer.
	 * @param violations with pointers relative to the field
	 */
	public InvalidRequestException invalid(String field, InvalidRequestException violations) {
		if (this.inline) {
			return violations.under("/" + (this.line - 1) + "/" + JsonPointers.escape(field));
		}
		return new InvalidRequestException(violations.violations().stream().map((violation) -> {
			String place = (violation.pointer() == null || violation.pointer().isEmpty()) ? ""
					: " at " + violation.pointer();
			return Violation.at(this.line, null, "'" + field + "'" + place + " " + violation.detail());
		}).toList());
	}

	private JsonNode required(String field) {
		JsonNode node = this.fields.get(field);
		if (node == null || node.isNull()) {
			throw invalid(field, "is missing");
		}
		return node;
	}

}
