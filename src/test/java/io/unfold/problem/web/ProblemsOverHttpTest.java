package io.unfold.problem.web;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

import io.unfold.HttpTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Whatever is sent, the answer is a problem document, and the service goes on. */
class ProblemsOverHttpTest extends HttpTest {

	private static final String STRUCTURE = """
			{"name":"x","network":{"layers":[{"cell":"gru","units":0}]}}      | 422 | /network/layers/0/units | must be between 1 and 8192, but is 0
			{"name":"x","network":{"layers":[{"cell":"grunt","units":8}]}}    | 400 | /network/layers/0/cell  | 'grunt' is not known; must be one of 'gru', 'lstm', 'reservoir', 'simple'
			{"name":"x","network":{"layers":[{"cell":"gru","units":8},{"cell":"reservoir","units":8}]}} | 422 | /network/layers | must be all reservoirs or none: over reservoirs only the readout is trained, and in closed form, so the other layers would never be
			{"name":"x","network":{"encoder":{"layers":[{"cell":"reservoir","units":8}]}}} | 422 | /network/encoder | cannot have reservoirs: around them there is more to train than a readout
			{"name":"x","network":{"layers":[{"cell":"gru","units":8,"recurrence":{"skip":1}}]}} | 422 | /network/layers/0/recurrence/skip | must be between 2 and 1001, but is 1
			{"name":"x","network":{"layers":[{"cell":"gru","units":8.5}]}}    | 400 | /network/layers/0/units | must be a whole number
			{"name":"x","network":{"layers":[{"cell":"gru","units":99999999999}]}} | 400 | /network/layers/0/units | Numeric value (99999999999) out of range of a whole number (-2147483648 - 2147483647)
			{"name":"x","network":{"layers":[{"cell":"gru","units":8,"unit":8}]}} | 400 | /network/layers/0/unit | is not known here; known are 'recurrence', 'resetAfter', 'units'
			{"name":"x","network":{"encoder":{},"attention":"some"}}          | 400 | /network/attention      | 'some' is not known; must be one of 'additive', 'dot', 'general', 'none'
			{"name":"x","training":{"epochs":0}}                              | 422 | /training/epochs        | must be between 1 and 1000000, but is 0
			{"name":"x","training":{"optimizer":{"type":"adam","learningRate":1e999}}} | 400 | /training/optimizer/learningRate | The number is too large: at most 1.7976931348623157e308
			{"name":"x","training":{"optimizer":{"type":"adam","learningRate":NaN}}} | 400 | /training/optimizer/learningRate | NaN is not a number in JSON
			{"name":"x","training":{"validation":{"fraction":7}}}             | 422 | /training/validation/fraction | must be between 0.001 and 0.9, but is 7.0
			{"name":"x","nam":"x"}                                            | 400 | /nam  | is not known here; known are 'name', 'network', 'numbers', 'training', 'tree'
			{}                                                                | 400 | /name | is missing
			{"name":7}                                                        | 400 | /name | must be a string, but is a whole number
			{"name":"x","name":"x"}                                           | 400 | /name | The field 'name' is given twice
			""";

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = STRUCTURE)
	void namesTheField(String json, int status, String pointer, String detail) {
		JsonNode problem = post("/faulty/spec", json).problem(status);
		assertThat(problem.path("errors").get(0).path("pointer").asString()).isEqualTo(pointer);
		assertThat(problem.path("errors").get(0).path("detail").asString()).isEqualTo(detail);
		assertThat(problem.path("detail").asString()).contains(pointer, detail);
		assertThat(problem.path("instance").asString()).isEqualTo("/faulty/spec");
	}

	@Test
	void givesLineAndColumnOfMalformedJson() {
		JsonNode error = post("/faulty/spec", "{\n  \"name\": oops\n}").problem(400).path("errors").get(0);
		assertThat(error.path("line").asInt()).isEqualTo(2);
		assertThat(error.path("column").asInt()).isPositive();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "   ", "null", "\u0000", "{\"name\":\"x\"} trailing", "{\"name\":", "\ufeff", "NaN" })
	void refusesABodyThatHoldsNoObject(String body) {
		post("/faulty/spec", body).problem(400);
	}

	@Test
	void refusesInvalidUtf8() {
		post("/faulty/spec", "{\"name\":\"\u00e9\"}".getBytes(StandardCharsets.ISO_8859_1)).problem(400);
		post("/faulty/spec", "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_16)).status();
		assertThat(post("/faulty/spec", "{\"name\":\"\\ud800\"}").problem(400)
			.path("errors")
			.get(0)
			.path("pointer")
			.asString()).isEqualTo("/name");
	}

	@Test
	void writesAProblemThatQuotesHalfASurrogatePair() {
		post("/faulty/spec", "{\"\\ud800\":1}").problem(400);
		post("/faulty/spec", "{\"name\":\"x\",\"network\":{\"layers\":[{\"cell\":\"\\udc00\"}]}}").problem(400);
	}

	@Test
	void refusesEnormousNesting() {
		post("/faulty/spec", "{\"name\":\"x\",\"tree\":" + "[".repeat(60_000)).problem(400);
		post("/faulty/spec", "[".repeat(30_000) + "]".repeat(30_000)).problem(400);
	}

	@Test
	void refusesABodyOverTheLimitByItsDeclaredLength() {
		String json = "{\"name\":\"" + "x".repeat(70_000) + "\"}";
		assertThat(post("/faulty/spec", json).problem(413).path("detail").asString()).contains("65536 bytes");
		// at any path and of any type
		send(request("/nowhere").POST(BodyPublishers.ofString(json)).build()).problem(413);
		assertThat(post("/faulty/spec", "{\"name\":\"" + "x".repeat(60_000) + "\"}").status()).isEqualTo(200);
	}

	@Test
	void refusesABodyOverTheLimitWhileItStreams() {
		byte[] json = ("{\"name\":\"" + "x".repeat(3_000_000) + "\"}").getBytes(StandardCharsets.UTF_8);
		send(request("/faulty/spec").header("Content-Type", "application/json")
			.POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(json)))
			.build()).problem(413);
	}

	@Test
	void checksBeans() {
		JsonNode errors = post("/faulty/checked", "{\"name\":\"abcd\",\"parts\":[{\"name\":\"abcde\"}]}").problem(422)
			.path("errors");
		assertThat(errors.findValuesAsString("pointer")).containsExactlyInAnyOrder("/name", "/parts/0/name");
	}

	@Test
	void checksParameters() {
		assertThat(get("/faulty/number?value=11").problem(400).path("detail").asString()).contains("'value'", "10");
		assertThat(get("/faulty/number?value=abc").problem(400).path("detail").asString()).contains("'value'",
				"a whole number");
		assertThat(get("/faulty/number").problem(400).path("detail").asString()).contains("'value'");
		get("/faulty/number?value=%ff").problem(400);
	}

	@Test
	void answersForWhatIsNotThere() {
		get("/nowhere").problem(404);
		get("/").problem(404);
		get("/error").problem(404);
		post("/api/v1/nothing", "{}").problem(404);
		delete("/api/v1/nothing").problem(404);
		send(request("/nowhere").header("Accept", "text/html").build()).problem(404);
	}

	@Test
	void answersForTheWrongMethodOrMediaType() {
		Answer answer = put("/faulty/spec", "{}");
		assertThat(answer.problem(405).path("detail").asString()).contains("PUT", "POST");
		assertThat(answer.header("Allow")).contains("POST");
		send(request("/faulty/spec").method("BREW", BodyPublishers.noBody()).build()).problem(405);
		send(request("/faulty/spec").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("{}")).build())
			.problem(415);
		send(request("/faulty/spec").POST(BodyPublishers.ofString("{}")).build()).problem(415);
		send(request("/faulty/spec").header("Content-Type", "nonsense").POST(BodyPublishers.ofString("{}")).build())
			.problem(415);
		send(request("/faulty/spec").header("Content-Type", "application/json; charset=nonsense")
			.POST(BodyPublishers.ofString("{}"))
			.build()).problem(415);
		send(request("/faulty/spec").header("Content-Type", "application/json")
			.header("Accept", "image/png")
			.POST(BodyPublishers.ofString("{\"name\":\"x\"}"))
			.build()).problem(406);
		send(request("/faulty/number?value=1").header("Accept", "nonsense").build()).problem(406);
	}

	@Test
	void saysWhatAnExceptionSays() {
		assertThat(get("/faulty/fail/missing").problem(404).path("detail").asString())
			.isEqualTo("nothing is named 'x'");
		assertThat(get("/faulty/fail/conflict").problem(409).path("detail").asString()).isEqualTo("it is in use");
	}

	@Test
	void keepsAFaultOfItsOwnToTheLog() {
		assertThat(get("/faulty/fail/else").problem(500).toString()).doesNotContain("secret");
	}

	@Test
	void outlivesARequestThatExhaustsMemoryOrStack() {
		get("/faulty/fail/memory").problem(413);
		get("/faulty/fail/stack").problem(400);
		assertThat(get("/actuator/health").json().path("status").asString()).isEqualTo("UP");
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET /a|b HTTP/1.1\r\nHost: x\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
			"GET /a%2Fb HTTP/1.1\r\nHost: x\r\n\r\n", "GET /%00 HTTP/1.1\r\nHost: x\r\n\r\n",
			"GET /faulty/number?value=%zz HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n", "nonsense\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: a b\r\n\r\n",
			"POST /faulty/spec HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n" })
	void answersWhatIsNotHttpWithAProblem(String request) throws IOException {
		String response = raw(request);
		assertThat(response).startsWith("HTTP/1.1 400")
			.containsIgnoringCase("Content-Type: application/problem+json")
			.contains("\"status\":400")
			.doesNotContain("Apache", "Exception");
	}

	@Test
	void answersHttpOfAnotherKindWithAProblem() throws IOException {
		assertThat(raw("TRACE /faulty/spec HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 405")
			.containsIgnoringCase("application/problem+json");
		for (String request : new String[] { "GET / HTTP/9.9\r\nHost: x\r\n\r\n",
				"POST /faulty/spec HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: nonsense\r\n\r\n",
				"GET / HTTP/1.1\r\nHost: x\r\nX: " + "x".repeat(20_000) + "\r\n\r\n",
				"POST /faulty/spec HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
						+ "Transfer-Encoding: chunked\r\n\r\nzz\r\n",
				"POST /faulty/spec HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
						+ "Content-Length: 50\r\n\r\n{\"name\":" }) {
			assertThat(raw(request)).as(request.substring(0, Math.min(100, request.length())))
				.startsWith("HTTP/1.1 4")
				.containsIgnoringCase("application/problem+json");
		}
	}

	@Test
	void doesNotMindAClientThatGoesAway() throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.getOutputStream()
				.write(("POST /faulty/spec HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
						+ "Content-Length: 100\r\n\r\n{\"name\":")
					.getBytes(StandardCharsets.US_ASCII));
		}
		assertThat(post("/faulty/spec", "{\"name\":\"x\"}").status()).isEqualTo(200);
	}

	private String raw(String request) throws IOException {
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), this.port)) {
			socket.setSoTimeout(30_000);
			socket.getOutputStream()
				.write(request.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			socket.shutdownOutput();
			InputStream in = socket.getInputStream();
			return new String(in.readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
