package io.unfold.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with what a client sent.
 *
 * @param pointer JSON pointer of the field at fault ({@code /training/epochs}), or null
 * when the fault is not in a JSON body
 * @param line line of the data file at fault, from 1, or null
 * @param column column (character) of that line, from 1, or null when unknown
 * @param detail what is wrong, and what would be right
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Violation(@Nullable String pointer, @Nullable Long line, @Nullable Integer column, String detail) {

	public static Violation of(String pointer, String detail) {
		return new Violation(pointer, null, null, detail);
	}

	public static Violation at(long line, @Nullable Integer column, String detail) {
		return new Violation(null, line, column, detail);
	}

	/**
	 * The same violation, seen from a document in which this one's is at {@code prefix}.
	 */
	public Violation under(String prefix) {
		return new Violation((this.pointer != null) ? prefix + this.pointer : prefix, this.line, this.column,
				this.detail);
	}

}
