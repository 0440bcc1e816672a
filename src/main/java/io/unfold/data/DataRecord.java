package io.unfold.data;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import tools.jackson.databind.node.ObjectNode;

/**
 * One record of a dataset: a line of JSONL, a row of CSV or TSV, an element of a JSON
 * array, or a whole text.
 *
 * @param line line of the file on which the record begins, from 1; for the elements of a
 * JSON array, the element's number from 1
 * @param fields the record's fields by name. CSV and TSV cells are numbers where they
 * parse as finite numbers, arrays where they parse as JSON arrays, null where empty, and
 * strings otherwise. The columns {@code sequence}, {@code features}, {@code text},
 * {@code source}, and {@code target} beside {@code source}, are never bare numbers: see
 * {@link CellType}
 * @param inline whether it is an element of a JSON array
 */
public record DataRecord(long line, ObjectNode fields, boolean inline) {

	/** A record of a file. */
	public DataRecord(long line, ObjectNode fields) {
		this(line, fields, false);
	}

	/**
	 * What is wrong with this record, seen from its dataset: in a file with the line, in
	 * a JSON array with the element's number at the front of the pointer.
	 * @param fault with pointers relative to the record, as in {@code /label}
	 */
	public InvalidRequestException placed(InvalidRequestException fault) {
		if (this.inline) {
			return fault.under("/" + (this.line - 1));
		}
		return new InvalidRequestException(fault.violations()
			.stream()
			.map((violation) -> new Violation(violation.pointer(), this.line, violation.column(), violation.detail()))
			.toList());
	}

}
