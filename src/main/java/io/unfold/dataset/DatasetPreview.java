package io.unfold.dataset;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import io.swagger.v3.oas.annotations.media.Schema;
import tools.jackson.databind.JsonNode;

/**
 * The beginning of a dataset, and how all of it was understood.
 *
 * @param dataset the dataset
 * @param description what it is, for people; bundled datasets have one
 * @param reading how its file was read, and what is odd about it
 * @param tasks whose examples its fields are
 * @param fields how its fields were understood
 * @param records the first records
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DatasetPreview(Dataset dataset, @Nullable String description, Reading reading, List<String> tasks,
		List<FieldSummary> fields, List<Sample> records) {

	static DatasetPreview of(StoredDataset stored, @Nullable String description, List<Sample> records) {
		Reading reading = stored.howRead();
		List<String> notes = new ArrayList<>(reading.notes());
		stored.fields().forEach((field) -> field.note(notes, stored.dataset().examples()));
		return new DatasetPreview(stored.dataset(), description,
				new Reading(reading.compression(), reading.encoding(), reading.dialect(), notes),
				FittingTasks.of(stored.fields()), stored.fields(), records);
	}

	/**
	 * @param line line of the file on which the record begins, from 1
	 * @param fields the record's values; long ones are cut
	 * @param cut whether any is
	 */
	@Schema(name = "DatasetSample")
	public record Sample(long line, JsonNode fields, boolean cut) {
	}

}
