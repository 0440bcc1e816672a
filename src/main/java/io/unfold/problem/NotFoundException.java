package io.unfold.problem;

/** Nothing has the name or id that a request gave (404). */
public class NotFoundException extends RuntimeException {

	/**
	 * @param detail what was looked for, as in "no model is named 'x'"
	 */
	public NotFoundException(String detail) {
		super(detail);
	}

}
