package io.unfold.problem.web;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.http.HttpServletResponse;
import tools.jackson.databind.json.JsonMapper;

/** Writes problem documents where Spring's message converters do not reach. */
final class ProblemWriter {

	private static final JsonMapper mapper = StrictJson.mapper();

	private ProblemWriter() {
	}

	static void write(Problem problem, HttpServletResponse response) throws IOException {
		byte[] body = mapper.writeValueAsString(problem).getBytes(StandardCharsets.UTF_8);
		response.setStatus(problem.status());
		response.setContentType(Problem.MEDIA_TYPE);
		response.setContentLength(body.length);
		response.getOutputStream().write(body);
		response.flushBuffer();
	}

}
