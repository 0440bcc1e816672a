package io.unfold.dataset;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

import io.unfold.data.DataFormat;

/**
 * The ids of datasets. An id follows from what the dataset is, so that the same upload
 * twice, even at the same moment, is one dataset.
 */
final class DatasetId {

	private static final Pattern FORM = Pattern.compile("ds-[0-9a-f]{16}");

	private DatasetId() {
	}

	static String of(String name, DataFormat format, String sha256) {
		byte[] key = (name + "\n" + format.id() + "\n" + sha256).getBytes(StandardCharsets.UTF_8);
		return "ds-" + HexFormat.of().formatHex(sha256().digest(key), 0, 8);
	}

	static boolean isId(String text) {
		return FORM.matcher(text).matches();
	}

	/** SHA-256 of content, lower-case hexadecimal. */
	static String hash(byte[] content) {
		return HexFormat.of().formatHex(sha256().digest(content));
	}

	static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

}
