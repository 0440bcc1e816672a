package io.unfold.data;

import java.io.IOException;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads a text, {@code {"text": ...}}, line ends as they are: piece by piece, so that it
 * may be larger than the heap.
 */
record TextRecordReader() implements RecordReader {

	/** Characters that are held of the text; a piece has half of them at least. */
	static final int BUFFER = 1 << 17;

	@Override
	public Cursor open(TextReader in) {
		return new Pieces(in);
	}

	private static final class Pieces implements Cursor {

		private final TextReader in;

		private final char[] text = new char[BUFFER];

		private int length;

		private long line = 1;

		private boolean begun;

		Pieces(TextReader in) {
			this.in = in;
		}

		@Override
		public @Nullable DataRecord next() throws IOException {
			String piece = piece();
			// a text begins with what can be read
			while (!this.begun && !piece.isEmpty() && piece.isBlank()) {
				passOver(piece);
				piece = piece();
			}
			if (piece.isEmpty()) {
				return null;
			}
			DataRecord record = new DataRecord(this.line, JsonNodeFactory.instance.objectNode().put("text", piece),
					this.begun);
			this.begun = true;
			passOver(piece);
			return record;
		}

		private void passOver(String piece) {
			this.line += piece.chars().filter((c) -> c == '\n').count();
		}

		/** Empty at the end. */
		private String piece() throws IOException {
			while (this.length < BUFFER) {
				int count = this.in.read(this.text, this.length, BUFFER - this.length);
				if (count < 0) {
					break;
				}
				this.length += count;
			}
			int end = (this.length < BUFFER) ? this.length : cut();
			String piece = new String(this.text, 0, end);
			System.arraycopy(this.text, end, this.text, 0, this.length - end);
			this.length -= end;
			return piece;
		}

		/** Where tokens of any kind end: after a line, else before a space. */
		private int cut() {
			for (int i = BUFFER / 2; i < BUFFER; i++) {
				if (this.text[i - 1] == '\n') {
					return i;
				}
			}
			for (int i = BUFFER / 2; i < BUFFER; i++) {
				if (this.text[i] == ' ' && this.text[i - 1] != ' ') {
					return i;
				}
			}
			return Character.isHighSurrogate(this.text[BUFFER - 1]) ? BUFFER - 1 : BUFFER;
		}

	}

}
