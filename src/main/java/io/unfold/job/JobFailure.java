package io.unfold.job;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;
import org.jspecify.annotations.Nullable;

/**
 * Why a job failed, in the form of a problem document (RFC 9457).
 *
 * @param type URI of the kind of failure
 * @param title the kind of failure, for people
 * @param status the HTTP status that a request with this fault would have had
 * @param detail what happened, and what may help
 * @param errors the fields or the lines of data at fault, where there are any
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record JobFailure(String type, String title, int status, String detail, List<Violation> errors) {

	private static final int MAX_DETAIL = 4000;

	private static final int MAX_ERRORS = 50;

	public JobFailure {
		detail = (detail.length() > MAX_DETAIL) ? detail.substring(0, MAX_DETAIL) : detail;
		errors = List.copyOf(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
	}

	@JsonCreator
	static JobFailure from(String type, String title, int status, String detail, @Nullable List<Violation> errors) {
		return new JobFailure(type, title, status, detail, (errors != null) ? errors : List.of());
	}

	/** The numbers went bad. */
	static JobFailure training(String detail) {
		return of("training-failed", "Training failed", 422, detail);
	}

	/** The data turned out not to be what the task reads. */
	static JobFailure invalid(InvalidRequestException ex) {
		return new JobFailure(uri("invalid-request"), "The request is not valid", 422, String.valueOf(ex.getMessage()),
				ex.violations());
	}

	/** What the request named is no longer there. */
	static JobFailure gone(String detail) {
		return of("not-found", "Not found", 404, detail);
	}

	/** Memory ran out. */
	static JobFailure memory() {
		return of("out-of-memory", "Out of memory", 422,
				"there was not enough memory to train the network: use fewer units, a smaller batchSize or shorter sequences");
	}

	/** The service stopped again and again while the job ran. */
	static JobFailure crashes(int crashes) {
		return of("interrupted", "Interrupted too often", 500, "the service was killed " + crashes
				+ " times while it trained this job, which made no progress in between: it may need more memory than there is");
	}

	/** A fault of the service: the log says more. */
	static JobFailure internal() {
		return of("internal-error", "Internal error", 500,
				"training ended with an error of the service, which is in its log");
	}

	private static JobFailure of(String type, String title, int status, String detail) {
		return new JobFailure(uri(type), title, status, detail, List.of());
	}

	private static String uri(String type) {
		return "urn:unfold:problem:" + type;
	}

}
