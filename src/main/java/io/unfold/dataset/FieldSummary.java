package io.unfold.dataset;

import java.util.List;

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
 * @param shortest length of the shortest
 * @param meanLength mean of their lengths
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FieldSummary(String name, String type, int present, int missing, @Nullable Double min,
		@Nullable Double max, @Nullable Long longest, @Nullable Long shortest, @Nullable Double meanLength) {

	/** Says what is odd about it. */
	void note(List<String> notes, int records) {
		if (this.type.equals("mixed") && this.present > 0) {
			notes.add("The field '" + this.name + "' holds values of several types.");
		}
		if (this.missing > 0) {
			notes.add("The field '" + this.name + "' has no value in " + this.missing + " of " + records + " records.");
		}
		if (this.min != null && this.min.equals(this.max) && this.present > 1 && this.type.equals("number")) {
			notes.add("The field '" + this.name + "' is always " + this.min + ".");
		}
	}

	Dataset.Field field() {
		return new Dataset.Field(this.name, this.type);
	}

}
