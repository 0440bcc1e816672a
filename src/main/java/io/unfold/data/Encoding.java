package io.unfold.data;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import io.unfold.problem.InvalidFieldException;

/** How a client may say that its text is encoded. */
public enum Encoding {

	/** What text is taken for that says nothing else. */
	UTF_8(StandardCharsets.UTF_8),

	/** UTF-16, low byte first. */
	UTF_16LE(StandardCharsets.UTF_16LE),

	/** UTF-16, high byte first. */
	UTF_16BE(StandardCharsets.UTF_16BE),

	/** Western European, as Windows writes it. */
	WINDOWS_1252(Charset.forName("windows-1252")),

	/** Western European. */
	ISO_8859_1(StandardCharsets.ISO_8859_1);

	private final Charset charset;

	Encoding(Charset charset) {
		this.charset = charset;
	}

	Charset charset() {
		return this.charset;
	}

	/** The encoding of that name, or of an alias of it: latin1, cp1252. */
	public static Encoding of(String name) {
		try {
			Charset charset = Charset.forName(name);
			for (Encoding encoding : values()) {
				if (encoding.charset.equals(charset)) {
					return encoding;
				}
			}
		}
		catch (IllegalCharsetNameException | UnsupportedCharsetException ex) {
			// it is none of them
		}
		throw new InvalidFieldException("encoding",
				"must be one of " + Arrays.stream(values())
					.map((encoding) -> encoding.charset.name().toLowerCase(Locale.ROOT))
					.collect(Collectors.joining(", ")) + ", but is '" + name + "'");
	}

}
