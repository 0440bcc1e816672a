package io.unfold.problem;

import java.util.List;
import java.util.stream.Collectors;

/** What a client sent cannot be read as what it should be (400). */
public class MalformedRequestException extends RuntimeException {

	private final List<Violation> violations;

	public MalformedRequestException(List<Violation> violations) {
		super(violations.stream().map(Violation::detail).collect(Collectors.joining("; ")));
		this.violations = List.copyOf(violations);
	}

	public MalformedRequestException(Violation violation) {
		this(List.of(violation));
	}

	public MalformedRequestException(String pointer, String detail) {
		this(Violation.of(pointer, detail));
	}

	public List<Violation> violations() {
		return this.violations;
	}

	/** The same, seen from a document in which this one's is at {@code prefix}. */
	public MalformedRequestException under(String prefix) {
		return new MalformedRequestException(this.violations.stream().map((v) -> v.under(prefix)).toList());
	}

}
