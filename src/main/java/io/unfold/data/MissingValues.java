package io.unfold.data;

import java.util.Arrays;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;

/** What is done about numbers of a series that are not there. */
public enum MissingValues {

	/** They are an error. */
	ERROR("error") {
		@Override
		double between(double before, double after, double share) {
			throw new IllegalStateException("missing values are an error");
		}
	},

	/** On the straight line between their neighbours, and after the last as that. */
	INTERPOLATE("interpolate") {
		@Override
		double between(double before, double after, double share) {
			return Double.isNaN(after) ? before : before + share * (after - before);
		}
	},

	/** As the last one before them. */
	FORWARD_FILL("forwardFill") {
		@Override
		double between(double before, double after, double share) {
			return before;
		}
	};

	private final String id;

	MissingValues(String id) {
		this.id = id;
	}

	/**
	 * What stands in a gap.
	 * @param after NaN where nothing comes after
	 * @param share of the way
	 */
	abstract double between(double before, double after, double share);

	/** Whether what is filled in depends on what comes after it. */
	public boolean looksAhead() {
		return this == INTERPOLATE;
	}

	/** The name in the API: error, interpolate or forwardFill. */
	@JsonValue
	public String id() {
		return this.id;
	}

	/** That of this name. */
	@JsonCreator
	public static MissingValues of(String id) {
		for (MissingValues missing : values()) {
			if (missing.id.equals(id)) {
				return missing;
			}
		}
		throw new InvalidFieldException("missing",
				"must be one of " + Arrays.stream(values()).map(MissingValues::id).collect(Collectors.joining(", "))
						+ ", but is '" + id + "'");
	}

}
