package io.unfold.data;

import tools.jackson.databind.node.ObjectNode;

/**
 * One record of a dataset: a line of JSONL, a row of CSV or TSV, an element of a JSON
 * array, or a piece of a text.
 *
 * @param line line of the file on which the record begins, from 1; for the elements of a
 * JSON array, the element's number from 1
 * @param fields the record's fields by name. CSV and TSV cells are numbers where they
 * parse as finite numbers, arrays where they parse as JSON arrays, null where empty, and
 * strings otherwise. The columns {@code sequence}, {@code features}, {@code text},
 * {@code source}, {@code tags}, and {@code target} beside {@code source}, are never bare
 * numbers: see {@link CellType}
 * @param continued whether its text goes on with that of the record before: a whole text
 * is read piece by piece, and is one record to whoever counts them
 */
public record DataRecord(long line, ObjectNode fields, boolean continued) {

	/** A record of its own. */
	public DataRecord(long line, ObjectNode fields) {
		this(line, fields, false);
	}

}
