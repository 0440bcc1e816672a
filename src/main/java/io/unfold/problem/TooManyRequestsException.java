package io.unfold.problem;

/**
 * The service has as much to do as it takes on (429); the same request may succeed later.
 */
public class TooManyRequestsException extends RuntimeException {

	private final int retryAfterSeconds;

	public TooManyRequestsException(String detail, int retryAfterSeconds) {
		super(detail);
		this.retryAfterSeconds = retryAfterSeconds;
	}

	/** When to try again, in seconds from now. */
	public int retryAfterSeconds() {
		return this.retryAfterSeconds;
	}

}
