package io.unfold.problem;

import java.util.List;
import java.util.stream.Collectors;

/** What a client sent is well formed and cannot be accepted (422). */
public class InvalidRequestException extends RuntimeException {

	private final List<Violation> violations;

	public InvalidRequestException(List<Violation> violations) {
		super(violations.stream().map(Violation::detail).collect(Collectors.joining("; ")));
		this.violations = List.copyOf(violations);
	}

	public InvalidRequestException(Violation violation) {
		this(List.of(violation));
	}

	public InvalidRequestException(String pointer, String detail) {
		this(Violation.of(pointer, detail));
	}

	public List<Violation> violations() {
		return this.violations;
	}

	/** The same, seen from a document in which this one's is at {@code prefix}. */
	public InvalidRequestException under(String prefix) {
		return new InvalidRequestException(this.violations.stream().map((v) -> v.under(prefix)).toList());
	}

}
