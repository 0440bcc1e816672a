package io.unfold.data;

/** Reads JSON objects, one per line; blank lines are skipped. */
record JsonLinesRecordReader(ReadingLimits limits) implements RecordReader {

	@Override
	public Cursor open(Utf8Reader in) {
		return () -> {
			String line;
			do {
				line = in.readLine(this.limits.record());
			}
			while (line != null && line.isBlank());
			return (line != null) ? new DataRecord(in.lineNumber(), StrictJson.object(line, in.lineNumber())) : null;
		};
	}

}
