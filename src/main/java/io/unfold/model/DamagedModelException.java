package io.unfold.model;

import io.unfold.problem.ConflictException;

/** A model's files are not what was published (409). */
public class DamagedModelException extends ConflictException {

	DamagedModelException(String model, String fault) {
		super(model + " is damaged on disk: " + fault
				+ ". Restore its files from a backup, or delete it and train it again");
	}

}
