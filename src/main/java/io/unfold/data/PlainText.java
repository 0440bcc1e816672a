package io.unfold.data;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.apache.commons.io.input.ReaderInputStream;

/**
 * Text as a client sends it, made plain: inflated where it is gzip, and turned into UTF-8
 * where a byte order mark says that it is UTF-16, or the client that it is something
 * else. Anything else passes as it is.
 */
public final class PlainText {

	private static final int BUFFER = 1 << 16;

	private final InputStream stream;

	private final boolean gzip;

	private final Charset charset;

	private PlainText(InputStream stream, boolean gzip, Charset charset) {
		this.stream = stream;
		this.gzip = gzip;
		this.charset = charset;
	}

	/**
	 * @param in what the client sends; the caller closes it
	 * @param most bytes that there may be, once inflated
	 * @param pointer where the client sent it, for faults
	 * @param given encoding of what has no byte order mark
	 */
	public static PlainText of(InputStream in, long most, String pointer, Encoding given) throws IOException {
		BufferedInputStream sent = new BufferedInputStream(in, BUFFER);
		boolean gzip = startsWith(sent, 0x1F, 0x8B);
		try {
			BufferedInputStream inflated = gzip ? new BufferedInputStream(new GZIPInputStream(sent, BUFFER)) : sent;
			Charset charset = startsWith(inflated, 0xFF, 0xFE) ? StandardCharsets.UTF_16LE
					: startsWith(inflated, 0xFE, 0xFF) ? StandardCharsets.UTF_16BE
							: startsWith(inflated, 0xEF, 0xBB) ? StandardCharsets.UTF_8 : given.charset();
			InputStream limited = new Limited(inflated, most, pointer);
			return new PlainText(charset.equals(StandardCharsets.UTF_8) ? limited : utf8(limited, charset), gzip,
					charset);
		}
		catch (EOFException | ZipException ex) {
			throw broken(pointer, 1);
		}
	}

	private static boolean startsWith(BufferedInputStream in, int first, int second) throws IOException {
		in.mark(2);
		boolean starts = in.read() == first && in.read() == second;
		in.reset();
		return starts;
	}

	private static InputStream utf8(InputStream in, Charset charset) throws IOException {
		return ReaderInputStream.builder()
			.setReader(new TextReader(in, charset))
			.setCharset(StandardCharsets.UTF_8)
			.get();
	}

	/**
	 * @param line of the content that the damage is in
	 */
	private static InvalidRequestException broken(String pointer, long line) {
		return new InvalidRequestException(new Violation(pointer, line, null,
				"cannot be inflated: its gzip data is damaged or ends too early; send it again, or as it is"));
	}

	/** The text in UTF-8. */
	public InputStream stream() {
		return this.stream;
	}

	/** How it was sent: gzip or none. */
	public String compression() {
		return this.gzip ? "gzip" : "none";
	}

	/** How it was sent, as in UTF-16LE. */
	public String encoding() {
		return this.charset.name();
	}

	/** Names the faults of what is read. */
	private static final class Limited extends FilterInputStream {

		private final long most;

		private final String pointer;

		private long count;

		private long line = 1;

		Limited(InputStream in, long most, String pointer) {
			super(in);
			this.most = most;
			this.pointer = pointer;
		}

		@Override
		public int read() throws IOException {
			byte[] one = new byte[1];
			return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
		}

		@Override
		public int read(byte[] target, int offset, int length) throws IOException {
			try {
				int read = super.read(target, offset, length);
				this.count += Math.max(0, read);
				for (int i = offset; i < offset + read; i++) {
					this.line += (target[i] == '\n') ? 1 : 0;
				}
				if (this.count > this.most) {
					throw new InvalidRequestException(this.pointer, "holds more than " + this.most
							+ " bytes once inflated, the most that is taken (unfold.datasets.max-size)");
				}
				return read;
			}
			catch (EOFException | ZipException ex) {
				throw broken(this.pointer, this.line);
			}
		}

		@Override
		public boolean markSupported() {
			return false;
		}

	}

}
