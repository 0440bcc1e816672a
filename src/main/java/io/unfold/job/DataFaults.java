package io.unfold.job;

import java.util.regex.Pattern;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import io.unfold.training.TrainingData;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with a job's data, seen from the request that names or brings the data.
 */
final class DataFaults {

	private static final String DATASET = "/dataset";

	private static final String EXAMPLES = "/data/examples";

	/** Pointers into an array of examples begin with an element's number. */
	private static final Pattern NUMBERED = Pattern.compile("/\\d+(/.*)?", Pattern.DOTALL);

	private DataFaults() {
	}

	/** A fault of a line of a dataset is a fault of the field that names the dataset. */
	static InvalidRequestException ofDataset(InvalidRequestException faults) {
		return new InvalidRequestException(faults.violations().stream().map(DataFaults::ofDataset).toList());
	}

	/** A fault of an example has a pointer to it. */
	static InvalidRequestException ofExamples(InvalidRequestException faults) {
		return new InvalidRequestException(faults.violations().stream().map(DataFaults::ofExample).toList());
	}

	private static Violation ofDataset(Violation fault) {
		if (TrainingData.isOfHeldOut(fault)) {
			return fault;
		}
		String field = fault.pointer();
		if (fault.line() == null) {
			return isOfRequest(field) ? fault : Violation.of(DATASET, fault.detail());
		}
		String detail = (field == null || field.isEmpty()) ? fault.detail()
				: "'" + field.substring(1) + "' " + fault.detail();
		return new Violation(DATASET, fault.line(), fault.column(), detail);
	}

	private static Violation ofExample(Violation fault) {
		if (TrainingData.isOfHeldOut(fault)) {
			return fault;
		}
		String pointer = (fault.pointer() != null) ? fault.pointer() : "";
		if (NUMBERED.matcher(pointer).matches()) {
			return Violation.of(EXAMPLES + pointer, fault.detail());
		}
		if (fault.line() != null) {
			return Violation.of(EXAMPLES + "/" + (fault.line() - 1) + pointer, fault.detail());
		}
		return (isOfRequest(pointer) && !pointer.equals(DATASET)) ? fault : Violation.of(EXAMPLES, fault.detail());
	}

	private static boolean isOfRequest(@Nullable String pointer) {
		return pointer != null && !pointer.isEmpty() && !NUMBERED.matcher(pointer).matches();
	}

}
