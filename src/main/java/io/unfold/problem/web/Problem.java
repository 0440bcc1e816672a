package io.unfold.problem.web;

import java.net.URI;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.problem.Violation;
import io.swagger.v3.oas.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A problem document (RFC 9457).
 *
 * @param type URI of the kind of problem
 * @param title what kind of problem it is, for people
 * @param status HTTP status
 * @param detail what is wrong with this request, and what would be right
 * @param instance the path that was requested
 * @param errors the fields, or the lines of a data file, that are at fault
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@Schema(description = "A problem document (RFC 9457).")
public record Problem(URI type, String title, int status, String detail, @Nullable String instance,
		List<Violation> errors) {

	/** Content type of problem documents. */
	public static final String MEDIA_TYPE = "application/problem+json";

	public static Problem of(ProblemType type, String detail, @Nullable String instance, List<Violation> errors) {
		return new Problem(type.uri(), type.title(), type.status(), printable(detail), instance,
				errors.stream()
					.map((v) -> new Violation((v.pointer() != null) ? printable(v.pointer()) : null, v.line(),
							v.column(), printable(v.detail())))
					.toList());
	}

	/** A problem that lies in fields of a body or in lines of a data file. */
	static Problem of(ProblemType type, List<Violation> errors, @Nullable String instance) {
		String more = (errors.size() > 1) ? " (and " + (errors.size() - 1) + " more: see errors)" : "";
		return of(type, sentence(errors.get(0)) + more, instance, errors);
	}

	private static String sentence(Violation violation) {
		StringBuilder sentence = new StringBuilder();
		if (violation.pointer() != null && !violation.pointer().isEmpty()) {
			sentence.append(violation.pointer());
		}
		if (violation.line() != null) {
			sentence.append(sentence.isEmpty() ? "Line " : " (line ").append(violation.line());
			if (violation.column() != null) {
				sentence.append(", column ").append(violation.column());
			}
			sentence.append((violation.pointer() != null) ? "):" : ":");
		}
		if (sentence.isEmpty()) {
			return violation.detail().startsWith("must ") ? "The body " + violation.detail() : violation.detail();
		}
		return sentence + " " + violation.detail();
	}

	/**
	 * The same text, safe to write: a detail may quote what a client sent, and half a
	 * surrogate pair would make the document itself unwritable.
	 */
	private static String printable(String text) {
		StringBuilder printable = new StringBuilder(text.length());
		text.codePoints().forEach((c) -> {
			boolean writable = !(c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
			printable.appendCodePoint(writable ? c : '\uFFFD');
		});
		return printable.toString();
	}

}
