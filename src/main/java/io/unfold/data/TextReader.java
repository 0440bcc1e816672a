package io.unfold.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Text in a strict encoding: a byte order mark at the beginning is skipped, and bytes
 * that are not of the encoding, and NUL characters, are refused with line and column.
 * Lines end with LF, CRLF or CR; columns count code points.
 */
final class TextReader extends Reader {

	private static final int BUFFER_SIZE = 8192;

	private final InputStream in;

	private final Charset charset;

	private final CharsetDecoder decoder;

	private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_SIZE).flip();

	private final CharBuffer chars = CharBuffer.allocate(BUFFER_SIZE).flip();

	private boolean endOfBytes;

	private boolean begun;

	/** Bytes that were taken so far. */
	private long bytesRead;

	/** Where the next character to be decoded stands. */
	private long line = 1;

	private int column = 1;

	private boolean afterCarriageReturn;

	/** Lines that {@link #readLine} has given. */
	private long linesRead;

	/** Text in UTF-8. */
	TextReader(InputStream in) {
		this(in, StandardCharsets.UTF_8);
	}

	TextReader(InputStream in, Charset charset) {
		this.in = in;
		this.charset = charset;
		this.decoder = charset.newDecoder()
			.onMalformedInput(CodingErrorAction.REPORT)
			.onUnmappableCharacter(CodingErrorAction.REPORT);
	}

	/** Number of the line that {@link #readLine} gave last, from 1. */
	long lineNumber() {
		return this.linesRead;
	}

	/**
	 * The next line without its end, or null after the last.
	 * @param maxLength characters that it may have
	 */
	@Nullable String readLine(int maxLength) throws IOException {
		if (!this.chars.hasRemaining() && !fill()) {
			return null;
		}
		StringBuilder text = new StringBuilder();
		do {
			int end = this.chars.position();
			while (end < this.chars.limit() && !isLineEnd(this.chars.get(end))) {
				end++;
			}
			int length = end - this.chars.position();
			if (text.length() + length > maxLength) {
				throw new InvalidRequestException(Violation.at(this.linesRead + 1, null,
						"the line has more than " + maxLength + " characters, the most that is read"));
			}
			text.append(this.chars, 0, length);
			this.chars.position(end);
			if (end < this.chars.limit()) {
				if (this.chars.get() == '\r' && (this.chars.hasRemaining() || fill())
						&& this.chars.get(this.chars.position()) == '\n') {
					this.chars.get();
				}
				break;
			}
		}
		while (fill());
		this.linesRead++;
		return text.toString();
	}

	@Override
	public int read(char[] target, int offset, int length) throws IOException {
		if (length == 0) {
			return 0;
		}
		if (!this.chars.hasRemaining() && !fill()) {
			return -1;
		}
		int count = Math.min(length, this.chars.remaining());
		this.chars.get(target, offset, count);
		return count;
	}

	@Override
	public void close() throws IOException {
		this.in.close();
	}

	/** Decodes more characters; false at the end. */
	private boolean fill() throws IOException {
		this.chars.clear();
		while (true) {
			CoderResult result = this.decoder.decode(this.bytes, this.chars, this.endOfBytes);
			if (this.chars.position() > 0) {
				this.chars.flip();
				advance();
				if (this.chars.hasRemaining()) {
					return true;
				}
				this.chars.clear();
			}
			else if (result.isError()) {
				throw invalid(
						"is not %s (byte 0x%02X at offset %d): the data must be text, in UTF-8 unless 'encoding' says otherwise"
							.formatted(this.charset.name(), this.bytes.get(this.bytes.position()),
									this.bytesRead - this.bytes.remaining()));
			}
			else if (this.endOfBytes) {
				this.chars.flip();
				return false;
			}
			else {
				this.bytes.compact();
				int count = this.in.read(this.bytes.array(), this.bytes.position(), this.bytes.remaining());
				this.endOfBytes = count < 0;
				this.bytesRead += Math.max(count, 0);
				this.bytes.position(this.bytes.position() + Math.max(count, 0)).flip();
			}
		}
	}

	/** Moves the place on by the characters just decoded, and skips the mark. */
	private void advance() {
		if (!this.begun) {
			this.begun = true;
			if (this.chars.get(0) == '\uFEFF') {
				this.chars.get();
			}
		}
		for (int i = this.chars.position(); i < this.chars.limit(); i++) {
			char c = this.chars.get(i);
			if (c == '\n' && this.afterCarriageReturn) {
				this.afterCarriageReturn = false;
				continue;
			}
			this.afterCarriageReturn = c == '\r';
			if (isLineEnd(c)) {
				this.line++;
				this.column = 1;
			}
			else if (c == 0) {
				throw invalid(
						"is a NUL character: the data must be text; UTF-16 needs a byte order mark, or its 'encoding'");
			}
			else if (!Character.isLowSurrogate(c)) {
				this.column++;
			}
		}
	}

	private InvalidRequestException invalid(String detail) {
		return new InvalidRequestException(Violation.at(this.line, this.column, detail));
	}

	private static boolean isLineEnd(char c) {
		return c == '\n' || c == '\r';
	}

}
