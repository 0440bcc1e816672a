package io.unfold.dataset;

import io.unfold.data.CsvDialect;
import io.unfold.data.DataFormat;
import io.unfold.data.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a file that it sends.
 *
 * @param name of the dataset; null takes the file's
 * @param fileName name that the client gave the file, or null
 * @param format null guesses it
 * @param encoding of what has no byte order mark
 * @param dialect of separated values
 */
public record Upload(@Nullable String name, @Nullable String fileName, @Nullable DataFormat format, Encoding encoding,
		CsvDialect.Given dialect) {
}
