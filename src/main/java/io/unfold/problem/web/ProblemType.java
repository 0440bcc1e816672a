package io.unfold.problem.web;

import java.net.URI;
import java.util.Arrays;
import java.util.Locale;

/** The kinds of problems that a request can meet; each has a URI that never changes. */
public enum ProblemType {

	/** The request cannot be read. */
	MALFORMED_REQUEST(400, "The request cannot be read"),

	/** Nothing is there. */
	NOT_FOUND(404, "Not found"),

	/** The resource knows other methods. */
	METHOD_NOT_ALLOWED(405, "Method not allowed"),

	/** The answer cannot be had in the form that was asked for. */
	NOT_ACCEPTABLE(406, "Not acceptable"),

	/** The resource is in a state that does not allow this. */
	CONFLICT(409, "Conflict"),

	/** The request is too large. */
	TOO_LARGE(413, "Too large"),

	/** The body is in a form that is not read here. */
	UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),

	/** The request can be read, and what it says cannot be accepted. */
	INVALID_REQUEST(422, "The request is not valid"),

	/** Too much is being asked for at once. */
	TOO_MANY_REQUESTS(429, "Too many requests"),

	/** The client's fault in a way that has no kind of its own. */
	BAD_REQUEST(400, "Bad request"),

	/** A fault of the service: it is in the log. */
	INTERNAL_ERROR(500, "Internal error");

	private final int status;

	private final String title;

	ProblemType(int status, String title) {
		this.status = status;
		this.title = title;
	}

	/** The type for a status that no exception explains. */
	static ProblemType of(int status) {
		if (status >= 500) {
			return INTERNAL_ERROR;
		}
		if (status == 400) {
			return BAD_REQUEST;
		}
		return Arrays.stream(values()).filter((type) -> type.status == status).findFirst().orElse(BAD_REQUEST);
	}

	public int status() {
		return this.status;
	}

	public String title() {
		return this.title;
	}

	/** Its URI, as in {@code urn:unfold:problem:not-found}. */
	public URI uri() {
		return URI.create("urn:unfold:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-'));
	}

}
