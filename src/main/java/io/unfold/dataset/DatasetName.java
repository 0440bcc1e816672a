package io.unfold.dataset;

import java.util.regex.Pattern;

import io.unfold.problem.InvalidRequestException;
import org.jspecify.annotations.Nullable;

/** What a dataset may be called. */
final class DatasetName {

	private static final int LONGEST = 100;

	private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0," + (LONGEST - 1) + "}");

	private static final Pattern EXTENSION = Pattern.compile("(.)\\.(csv|tsv|tab|jsonl|ndjson|txt|text|json)$",
			Pattern.CASE_INSENSITIVE);

	private DatasetName() {
	}

	static String check(String name) {
		if (!ALLOWED.matcher(name).matches()) {
			throw new InvalidRequestException("/name", "must be 1 to " + LONGEST
					+ " letters (A-Z, a-z), digits, '.', '_' or '-', beginning with a letter or a digit");
		}
		if (DatasetId.isId(name)) {
			throw new InvalidRequestException("/name", "must not look like the id of a dataset");
		}
		return name;
	}

	/** The name that a file's name suggests: without path and extension. */
	static String ofFile(@Nullable String fileName) {
		String base = (fileName != null)
				? fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1) : "";
		String plain = base.endsWith(".gz") ? base.substring(0, base.length() - 3) : base;
		String stem = EXTENSION.matcher(plain).replaceFirst("$1");
		String name = stem.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+|-+$", "");
		if (name.isEmpty()) {
			throw new InvalidRequestException("/name", "is missing, and the file's name does not suggest one");
		}
		return check(name.substring(0, Math.min(name.length(), LONGEST)));
	}

}
