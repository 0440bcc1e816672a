package io.unfold.problem.web;

import java.util.List;

import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The container's error page: errors that arise outside controllers are problem documents
 * too.
 */
@Hidden
@RestController
class ErrorDocumentController implements ErrorController {

	private static final Logger log = LoggerFactory.getLogger(ErrorDocumentController.class);

	@RequestMapping("/error")
	ResponseEntity<Problem> error(HttpServletRequest request) {
		Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
		Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		// no attributes: somebody asked for /error itself
		int code = (status instanceof Integer number) ? number : 404;
		String instance = (path instanceof String text) ? text : request.getRequestURI();
		Object cause = request.getAttribute(RequestDispatcher.ERROR_EXCEPTION);
		if (code >= 500 && cause instanceof Throwable fault) {
			log.error("a request to {} failed outside the controllers", instance, fault);
		}
		Problem problem = ofStatus(code, instance);
		return ResponseEntity.status(code).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(problem);
	}

	/** A problem of which nothing is known but its status. */
	static Problem ofStatus(int status, String instance) {
		ProblemType type = ProblemType.of(status);
		String detail = switch (type) {
			case NOT_FOUND -> "Nothing is served at this path";
			case INTERNAL_ERROR -> "The service failed to answer; its log says why";
			default -> "The request cannot be understood as HTTP to this service";
		};
		return new Problem(type.uri(), type.title(), status, detail, instance, List.of());
	}

}
