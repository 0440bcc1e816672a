package io.unfold.data;

import java.io.IOException;
import java.util.Arrays;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a whole text as one record, {@code {"text": ...}}, line ends as they are. */
record TextRecordReader(ReadingLimits limits) implements RecordReader {

	@Override
	public Cursor open(TextReader in) {
		return () -> {
			String text = text(in);
			return text.isBlank() ? null : new DataRecord(1, JsonNodeFactory.instance.objectNode().put("text", text));
		};
	}

	private String text(TextReader in) throws IOException {
		char[] text = new char[1 << 16];
		int length = 0;
		int count;
		while ((count = in.read(text, length, text.length - length)) >= 0) {
			length += count;
			if (length > this.limits.text()) {
				throw new InvalidRequestException(Violation.at(1, null,
						"the text has more than " + this.limits.text() + " characters, the most that is read"));
			}
			if (length == text.length) {
				text = Arrays.copyOf(text, 2 * length);
			}
		}
		return new String(text, 0, length);
	}

}
