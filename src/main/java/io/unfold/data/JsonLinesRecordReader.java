package io.unfold.data;

import java.io.IOException;

import org.jspecify.annotations.Nullable;

/** Reads JSON objects, one per line; blank lines are skipped. */
record JsonLinesRecordReader(ReadingLimits limits) implements RecordReader {

	@Override
	public Cursor open(TextReader in) {
		return new Lines(in, this.limits.record());
	}

	/** A place between two lines. */
	private static final class Lines implements Cursor {

		private final TextReader in;

		private final int maxLength;

		private long emptyLines;

		Lines(TextReader in, int maxLength) {
			this.in = in;
			this.maxLength = maxLength;
		}

		@Override
		public @Nullable DataRecord next() throws IOException {
			String line = this.in.readLine(this.maxLength);
			while (line != null && line.isBlank()) {
				this.emptyLines++;
				line = this.in.readLine(this.maxLength);
			}
			long number = this.in.lineNumber();
			return (line != null) ? new DataRecord(number, StrictJson.object(line, number)) : null;
		}

		@Override
		public long emptyLines() {
			return this.emptyLines;
		}

	}

}
