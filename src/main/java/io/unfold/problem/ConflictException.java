package io.unfold.problem;

/** A request that the state of its resource does not allow (409). */
public class ConflictException extends RuntimeException {

	public ConflictException(String detail) {
		super(detail);
	}

}
