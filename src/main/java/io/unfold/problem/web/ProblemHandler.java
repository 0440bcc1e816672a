package io.unfold.problem.web;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

import io.unfold.problem.ConflictException;
import io.unfold.problem.InvalidFieldException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.MalformedRequestException;
import io.unfold.problem.NotFoundException;
import io.unfold.problem.TooManyRequestsException;
import io.unfold.problem.Violation;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotAcceptableException;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MaxUploadSizeExceededException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.NoHandlerFoundException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import org.springframework.web.util.DisconnectedClientHelper;
import tools.jackson.core.JacksonException;

/** Turns every exception of a request into a problem document. */
@RestControllerAdvice
class ProblemHandler extends ResponseEntityExceptionHandler {

	private static final Logger log = LoggerFactory.getLogger(ProblemHandler.class);

	@ExceptionHandler
	ResponseEntity<Object> handle(MalformedRequestException ex, WebRequest request) {
		return answer(Problem.of(ProblemType.MALFORMED_REQUEST, ex.violations(), path(request)));
	}

	@ExceptionHandler
	ResponseEntity<Object> handle(InvalidRequestException ex, WebRequest request) {
		return answer(Problem.of(ProblemType.INVALID_REQUEST, ex.violations(), path(request)));
	}

	@ExceptionHandler
	ResponseEntity<Object> handle(InvalidFieldException ex, WebRequest request) {
		return handle(new InvalidRequestException("/" + ex.field(), String.valueOf(ex.getMessage())), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> handle(NotFoundException ex, WebRequest request) {
		return answer(ProblemType.NOT_FOUND, String.valueOf(ex.getMessage()), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> handle(ConflictException ex, WebRequest request) {
		return answer(ProblemType.CONFLICT, String.valueOf(ex.getMessage()), request);
	}

	@ExceptionHandler
	ResponseEntity<Object> handle(TooManyRequestsException ex, WebRequest request) {
		HttpHeaders headers = new HttpHeaders();
		headers.set(HttpHeaders.RETRY_AFTER, String.valueOf(ex.retryAfterSeconds()));
		return answer(ProblemType.TOO_MANY_REQUESTS, ex.getMessage(), headers, request);
	}

	/** A query or a form that Tomcat could not read. */
	@ExceptionHandler
	ResponseEntity<Object> handle(InvalidParameterException ex, WebRequest request) {
		ProblemType type = (ex.getErrorCode() == 413) ? ProblemType.TOO_LARGE : ProblemType.MALFORMED_REQUEST;
		return answer(type, "The request's parameters cannot be read: they are too many, too long, or wrongly encoded",
				request);
	}

	@ExceptionHandler
	ResponseEntity<Object> handle(MultipartException ex, WebRequest request) {
		return answer(ProblemType.MALFORMED_REQUEST,
				"The multipart body cannot be read: its parts are incomplete, or its Content-Type names no boundary",
				request);
	}

	/** Anything else: a fault of the service, or of the moment. */
	@ExceptionHandler
	@Nullable ResponseEntity<Object> handle(Throwable ex, WebRequest request) {
		if (DisconnectedClientHelper.isClientDisconnectedException(ex)) {
			log.debug("the client went away", ex);
			return null;
		}
		for (Throwable cause = ex; cause != null; cause = cause.getCause()) {
			if (cause instanceof OutOfMemoryError) {
				log.error("a request to {} needed more memory than there is", path(request), ex);
				return answer(ProblemType.TOO_LARGE,
						"The request needs more memory than the service has left: send less at a time, or try again later",
						request);
			}
			if (cause instanceof StackOverflowError) {
				log.error("a request to {} is nested too deeply", path(request), ex);
				return answer(ProblemType.MALFORMED_REQUEST, "The request is nested too deeply", request);
			}
		}
		log.error("a request to {} failed", path(request), ex);
		return answer(ProblemType.INTERNAL_ERROR, "The service failed to answer; its log says why", request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(HttpMessageNotReadableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		for (Throwable cause = ex.getCause(); cause != null; cause = cause.getCause()) {
			if (cause instanceof BodyTooLargeException tooLarge) {
				return answer(ProblemType.TOO_LARGE, String.valueOf(tooLarge.getMessage()), request);
			}
			if (cause instanceof BusyException busy) {
				HttpHeaders retry = new HttpHeaders();
				retry.set(HttpHeaders.RETRY_AFTER, "1");
				return answer(ProblemType.TOO_MANY_REQUESTS, busy.getMessage(), retry, request);
			}
		}
		if (ex.getCause() instanceof JacksonException fault && !(fault.getCause() instanceof IOException)) {
			RuntimeException explained = JsonFaults.explain(fault);
			return (explained instanceof InvalidRequestException invalid) ? handle(invalid, request)
					: handle((MalformedRequestException) explained, request);
		}
		String detail = (ex.getCause() != null) ? "The body cannot be read: it is cut short or not UTF-8"
				: "The request has no body: it must be a JSON document";
		return answer(ProblemType.MALFORMED_REQUEST, detail, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(MethodArgumentNotValidException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		List<Violation> violations = ex.getFieldErrors()
			.stream()
			.map((error) -> Violation.of("/" + error.getField().replace('.', '/').replace("[", "/").replace("]", ""),
					String.valueOf(error.getDefaultMessage())))
			.toList();
		return answer(Problem.of(ProblemType.INVALID_REQUEST,
				violations.isEmpty() ? List.of(Violation.of("", "is not valid")) : violations, path(request)));
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
			HandlerMethodValidationException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String detail = ex.getParameterValidationResults()
			.stream()
			.flatMap((result) -> result.getResolvableErrors()
				.stream()
				.map((error) -> "The parameter '" + result.getMethodParameter().getParameterName() + "' "
						+ error.getDefaultMessage()))
			.collect(Collectors.joining("; "));
		return answer(ProblemType.BAD_REQUEST, detail, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleTypeMismatch(TypeMismatchException ex, HttpHeaders headers,
			HttpStatusCode status, WebRequest request) {
		boolean inPath = ex instanceof MethodArgumentTypeMismatchException mismatch
				&& mismatch.getParameter().hasParameterAnnotation(PathVariable.class);
		return inPath ? answer(ProblemType.NOT_FOUND, "Nothing is served at this path", request) : answer(
				ProblemType.BAD_REQUEST,
				"The parameter '" + ex.getPropertyName() + "' must be " + JsonWords.expected(ex.getRequiredType()),
				request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpRequestMethodNotSupported(
			HttpRequestMethodNotSupportedException ex, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String[] supported = ex.getSupportedMethods();
		String allowed = (supported != null) ? "; allowed here: " + String.join(", ", supported) : "";
		return answer(ProblemType.METHOD_NOT_ALLOWED, ex.getMethod() + " is not allowed" + allowed, headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotSupported(HttpMediaTypeNotSupportedException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(ProblemType.UNSUPPORTED_MEDIA_TYPE,
				"The body's Content-Type must be " + types(ex.getSupportedMediaTypes()), headers, request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleHttpMediaTypeNotAcceptable(HttpMediaTypeNotAcceptableException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(ProblemType.NOT_ACCEPTABLE,
				"The header Accept allows none of what can be given: " + types(ex.getSupportedMediaTypes()), headers,
				request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleNoHandlerFoundException(NoHandlerFoundException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(ProblemType.NOT_FOUND, "Nothing is served at this path", request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(NoResourceFoundException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		return answer(ProblemType.NOT_FOUND, "Nothing is served at this path", request);
	}

	@Override
	protected @Nullable ResponseEntity<Object> handleMaxUploadSizeExceededException(MaxUploadSizeExceededException ex,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		String limit = (ex.getMaxUploadSize() > 0) ? " (" + ex.getMaxUploadSize() + " bytes)" : "";
		return answer(ProblemType.TOO_LARGE, "The upload is over the limit" + limit, request);
	}

	/** What the other methods have not put in words. */
	@Override
	protected @Nullable ResponseEntity<Object> handleExceptionInternal(Exception ex, @Nullable Object body,
			HttpHeaders headers, HttpStatusCode status, WebRequest request) {
		if (request instanceof ServletWebRequest servlet && servlet.getResponse() != null
				&& servlet.getResponse().isCommitted()) {
			log.debug("the response had begun when the request failed", ex);
			return null;
		}
		if (status.value() >= 500) {
			log.error("a request to {} failed", path(request), ex);
		}
		ProblemType type = ProblemType.of(status.value());
		ProblemDetail given = (ex instanceof ErrorResponse response) ? response.getBody() : null;
		String detail = (given != null && given.getDetail() != null) ? given.getDetail() : type.title();
		Problem problem = Problem.of(type, detail, path(request), List.of());
		return ResponseEntity.status(status)
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(new Problem(problem.type(), problem.title(), status.value(), problem.detail(), problem.instance(),
					problem.errors()));
	}

	private static String types(List<MediaType> types) {
		return types.stream().map(MediaType::toString).distinct().collect(Collectors.joining(" or "));
	}

	private static ResponseEntity<Object> answer(ProblemType type, String detail, WebRequest request) {
		return answer(type, detail, HttpHeaders.EMPTY, request);
	}

	private static ResponseEntity<Object> answer(ProblemType type, @Nullable String detail, HttpHeaders headers,
			WebRequest request) {
		Problem problem = Problem.of(type, (detail != null) ? detail : type.title(), path(request), List.of());
		return ResponseEntity.status(problem.status())
			.headers(headers)
			.contentType(MediaType.APPLICATION_PROBLEM_JSON)
			.body(problem);
	}

	private static ResponseEntity<Object> answer(Problem problem) {
		return ResponseEntity.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

	private static @Nullable String path(WebRequest request) {
		return (request instanceof ServletWebRequest servlet) ? servlet.getRequest().getRequestURI() : null;
	}

}
