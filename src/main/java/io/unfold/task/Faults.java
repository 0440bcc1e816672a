package io.unfold.task;

import java.util.ArrayList;
import java.util.List;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;

/**
 * What is wrong with the records of a dataset: the first few faults, so that a client can
 * mend them in one go.
 */
public final class Faults {

	private static final int MOST = 10;

	private final List<Violation> violations = new ArrayList<>();

	/** Runs a check or a conversion of a record, and notes what it finds wrong. */
	public void check(long line, Runnable check) {
		try {
			check.run();
		}
		catch (InvalidRequestException ex) {
			for (Violation violation : ex.violations()) {
				this.violations.add(new Violation(violation.pointer(), line, violation.column(), violation.detail()));
			}
			if (this.violations.size() >= MOST) {
				throwIfAny();
			}
		}
	}

	/**
	 * Throws {@link InvalidRequestException} with all that was noted, if anything was.
	 */
	public void throwIfAny() {
		if (!this.violations.isEmpty()) {
			throw new InvalidRequestException(this.violations);
		}
	}

}
