package io.unfold.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** How a file's format is guessed. */
final class FormatGuess {

	private FormatGuess() {
	}

	static DataFormat of(@Nullable String fileName, byte[] head) {
		String name = (fileName != null) ? fileName.toLowerCase(Locale.ROOT) : "";
		return switch (extension(name)) {
			case "csv" -> DataFormat.CSV;
			case "tsv", "tab" -> DataFormat.TSV;
			case "jsonl", "ndjson", "json" -> DataFormat.JSONL;
			// parallel text often comes as .txt; prose with commas in it is still prose
			case "txt", "text" -> isSeparated(lines(head), '\t', 1) ? DataFormat.TSV : DataFormat.TEXT;
			default -> byContent(lines(head));
		};
	}

	/** Of what was compressed, where it was. */
	private static String extension(String name) {
		String plain = name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
		return plain.substring(plain.lastIndexOf('.') + 1);
	}

	private static DataFormat byContent(List<String> lines) {
		if (!lines.isEmpty() && lines.get(0).stripLeading().startsWith("{")) {
			return DataFormat.JSONL;
		}
		if (isSeparated(lines, '\t', 1)) {
			return DataFormat.TSV;
		}
		return CsvDialect.DELIMITERS.stream().anyMatch((delimiter) -> isSeparated(lines, delimiter, 2)) ? DataFormat.CSV
				: DataFormat.TEXT;
	}

	/** Whether every line has the same number of separators, one at least. */
	private static boolean isSeparated(List<String> lines, char separator, int minLines) {
		if (lines.size() < minLines) {
			return false;
		}
		long expected = count(lines.get(0), separator);
		return expected > 0 && lines.stream().allMatch((line) -> count(line, separator) == expected);
	}

	private static long count(String line, char separator) {
		long count = 0;
		boolean quoted = false;
		for (int i = 0; i < line.length(); i++) {
			char c = line.charAt(i);
			// tabs are never quoted
			quoted ^= c == '"' && separator != '\t';
			count += (c == separator && !quoted) ? 1 : 0;
		}
		return count;
	}

	/** The lines of a file's head that are not blank, but for the last, cut off one. */
	private static List<String> lines(byte[] head) {
		String text = new String(head, StandardCharsets.UTF_8);
		text = text.startsWith("\uFEFF") ? text.substring(1) : text;
		int end = Math.max(text.lastIndexOf('\n'), text.lastIndexOf('\r'));
		boolean whole = head.length < 1024 || end < 0;
		return (whole ? text : text.substring(0, end)).lines().filter((line) -> !line.isBlank()).toList();
	}

}
