package io.unfold.data;

/**
 * How large the parts of a file may be, so that a file that was never meant to be read as
 * records is refused instead of filling the memory.
 *
 * @param record characters of a line of JSONL, or of a row of CSV or TSV
 * @param cell characters of one cell of CSV
 * @param columns cells of a row
 */
record ReadingLimits(int record, int cell, int columns) {

	static final ReadingLimits STANDARD = of(Runtime.getRuntime().maxMemory());

	/**
	 * The limits for a heap of so many bytes: a character of JSON becomes up to 30 bytes
	 * of objects.
	 */
	static ReadingLimits of(long heap) {
		int record = (int) Math.min(1 << 24, heap / 256);
		return new ReadingLimits(record, Math.min(1 << 23, record), 10_000);
	}

}
