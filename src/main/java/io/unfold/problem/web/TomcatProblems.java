package io.unfold.problem.web;

import java.io.IOException;

import jakarta.servlet.http.HttpServletResponse;
import org.apache.catalina.Container;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Puts problem documents in place of Tomcat's own pages, which answer what never reaches
 * the application: a request line that is not HTTP, a forbidden character in the path.
 */
@Component
class TomcatProblems implements WebServerFactoryCustomizer<TomcatWebServerFactory> {

	private static final Logger log = LoggerFactory.getLogger(TomcatProblems.class);

	@Override
	public void customize(TomcatWebServerFactory factory) {
		factory.addContextCustomizers((context) -> {
			Container host = context.getParent();
			if (host instanceof StandardHost standardHost) {
				standardHost.setErrorReportValveClass(ProblemValve.class.getName());
			}
		});
	}

	/** Tomcat's error report as a problem document; made by Tomcat, by its name. */
	public static class ProblemValve extends ErrorReportValve {

		@Override
		protected void report(Request request, Response response, Throwable fault) {
			int status = response.getStatus();
			if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
				return;
			}
			if (status == HttpServletResponse.SC_NOT_IMPLEMENTED
					|| status == HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED) {
				// an HTTP that nobody speaks is not a fault of the service
				status = HttpServletResponse.SC_BAD_REQUEST;
			}
			try {
				ProblemWriter.write(ErrorDocumentController.ofStatus(status, request.getRequestURI()), response);
			}
			catch (IOException | IllegalStateException ex) {
				log.debug("an error could not be reported to the client", ex);
			}
		}

	}

}
