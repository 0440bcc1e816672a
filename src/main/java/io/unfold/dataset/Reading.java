package io.unfold.dataset;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import io.unfold.data.CsvDialect;
import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import io.unfold.data.Content;
import org.jspecify.annotations.Nullable;

/**
 * How a file was read.
 *
 * @param compression gzip or none, as it was sent; it is kept inflated
 * @param encoding UTF-8, UTF-16LE or UTF-16BE, as it was sent; it is kept as UTF-8
 * @param dialect of separated values; null where the format is another
 * @param notes what a client should know of it, for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "DatasetReading")
public record Reading(String compression, String encoding, @Nullable CsvDialect dialect, List<String> notes) {

	/** UTF-8 as it is, in a format that has no dialects, or in the standard one. */
	static final Reading PLAIN = new Reading("none", "UTF-8", null, List.of());

	/** The same, with a note of empty lines if there were any. */
	Reading passedOver(long emptyLines) {
		if (emptyLines == 0) {
			return this;
		}
		List<String> all = new ArrayList<>(this.notes);
		all.add(emptyLines + " empty lines are passed over.");
		return new Reading(this.compression, this.encoding, this.dialect, all);
	}

	/** The records of content that is read so. */
	DataSource source(DataFormat format, Content content) {
		return (this.dialect != null) ? DataSource.of(this.dialect, content) : DataSource.of(format, content);
	}

}
