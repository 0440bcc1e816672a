package io.unfold.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/** How the records of a file are written. Every format is UTF-8, with or without BOM. */
public enum DataFormat {

	/** Separated values (RFC 4180), as their dialect says. */
	CSV {
		@Override
		RecordReader reader(ReadingLimits limits) {
			return new CsvRecordReader(limits, CsvDialect.STANDARD);
		}
	},

	/**
	 * Tab-separated values with a header row, or parallel text: source and target in two
	 * columns. Nothing is quoted.
	 */
	TSV {
		@Override
		RecordReader reader(ReadingLimits limits) {
			return new TsvRecordReader(limits);
		}
	},

	/** A JSON object per line. */
	JSONL {
		@Override
		RecordReader reader(ReadingLimits limits) {
			return new JsonLinesRecordReader(limits);
		}
	},

	/** A text, {@code {"text": ...}}. */
	TEXT {
		@Override
		RecordReader reader(ReadingLimits limits) {
			return new TextRecordReader();
		}
	};

	abstract RecordReader reader(ReadingLimits limits);

	/** The format's name in the API: csv, tsv, jsonl or text. */
	@JsonValue
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The format of that name. */
	@JsonCreator
	public static DataFormat of(String id) {
		for (DataFormat format : values()) {
			if (format.id().equals(id)) {
				return format;
			}
		}
		throw new InvalidFieldException("format",
				"must be one of " + Arrays.stream(values()).map(DataFormat::id).collect(Collectors.joining(", "))
						+ ", but is '" + id + "'");
	}

	/**
	 * The format that a file most likely has, by its name's extension and, where that
	 * does not tell, by its content.
	 * @param fileName name of the file, or null when unknown
	 * @param head the first bytes of the file; a few thousand are enough
	 */
	public static DataFormat guess(@Nullable String fileName, byte[] head) {
		return FormatGuess.of(fileName, head);
	}

}
