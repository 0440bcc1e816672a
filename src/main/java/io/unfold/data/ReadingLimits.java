package io.unfold.data;

/**
 * How large the parts of a file may be, so that a file that was never meant to be read as
 * records is refused instead of filling the memory.
 *
 * @param record characters of a line of JSONL, or of a row of CSV or TSV
 * @param cell characters of one cell of CSV
 * @param columns cells of a row
 * @param text characters of a whole text
 */
record ReadingLimits(int record, int cell, int columns, int text) {

	static final ReadingLimits STANDARD = new ReadingLimits(1 << 24, 1 << 23, 10_000, 1 << 26);

}
