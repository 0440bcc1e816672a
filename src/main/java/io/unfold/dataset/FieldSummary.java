package io.unfold.dataset;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How a field of a dataset was understood.
 *
 * @param name of the field
 * @param type number, string, array, object, boolean or mixed
 * @param present records in which it has a value
 * @param missing records in which it has none
 * @param min smallest number, where it holds numbers
 * @param max largest number, where it holds numbers
 * @param longest length of the longest array or string, where it holds such
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldSummary(String name, String type, int present, int missing, @Nullable Double min,
		@Nullable Double max, @Nullable Integer longest) {

	Dataset.Field field() {
		return new Dataset.Field(this.name, this.type);
	}

}
