package io.unfold;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** A language model over the API: whole texts, and token by token. */
class GenerationOverHttpTest extends ServiceTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	private static final String GENERATE = "/api/v1/models/limericks/generate";

	@BeforeEach
	void train() {
		if (send("GET", "/api/v1/models/limericks", null, "*/*").statusCode() != 200) {
			train("limericks", "characters");
		}
	}

	private void train(String model, String tokens) {
		HttpResponse<String> posted = send("POST", "/api/v1/training-jobs", """
				{"model": "%s", "task": {"type": "generation", "tokens": "%s"},
				 "data": {"examples": [%s]},
				 "network": {"layers": [{"cell": "gru", "units": 16}], "embedding": 8},
				 "training": {"epochs": 3, "batchSize": 4, "optimizer": {"type": "adam", "learningRate": 0.02}}}"""
			.formatted(model, tokens,
					("{\"text\": \"There was a young man of Ealing,\\n  who walked on the ceiling.\"},"
							+ "{\"text\": \"There was an old man with a beard,\\n  who said: it is just as I feared!\"},")
						.repeat(10) + "{\"text\": \"Of Ealing\"}"),
				"*/*");
		assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
		assertThat(send("GET", "/api/v1/training-jobs/latest/events", null, "*/*").body()).contains("SUCCEEDED");
	}

	@Test
	void aStreamIsTheWholeAnswerTokenByToken() {
		for (String request : List.of("{\"prompt\": \"There was\", \"maxTokens\": 60, \"seed\": 3}",
				"{\"maxTokens\": 60, \"seed\": 4, \"temperature\": 0.5, \"topK\": 5, \"topP\": 0.9, \"stop\": [\"an \", \"wa\"]}",
				"{\"prompt\": \"\u3042\", \"maxTokens\": 5, \"temperature\": 0}")) {
			JsonNode whole = json(send("POST", GENERATE, request, "*/*"));
			assertThat(whole.get("model").asString()).isEqualTo("limericks");
			assertThat(whole.get("version").asInt()).isEqualTo(1);
			assertThat(whole.get("finishReason").asString()).isIn("length", "stop", "end");
			HttpResponse<String> stream = send("POST", GENERATE, request, "text/event-stream");
			assertThat(stream.headers().firstValue("Content-Type")).hasValue("text/event-stream;charset=UTF-8");
			StringBuilder text = new StringBuilder();
			List<String> names = new ArrayList<>();
			JsonNode last = null;
			for (String event : stream.body().split("\n\n")) {
				names.add(event.substring("event: ".length(), event.indexOf('\n')));
				last = JSON.readTree(event.substring(event.indexOf("data: ") + "data: ".length()));
				text.append(names.get(names.size() - 1).equals("token") ? last.get("text").asString() : "");
			}
			assertThat(names.subList(0, names.size() - 1)).containsOnly("token");
			assertThat(names.get(names.size() - 1)).isEqualTo("end");
			assertThat(text).hasToString(whole.get("text").asString());
			assertThat(last.get("text").asString()).isEqualTo(whole.get("text").asString());
			assertThat(last.get("tokens")).isEqualTo(whole.get("tokens"));
			assertThat(last.get("finishReason")).isEqualTo(whole.get("finishReason"));
		}
	}

	@Test
	void tellsTheSeedWithWhichATextCanBeHadAgain() {
		JsonNode first = json(send("POST", GENERATE, "{\"maxTokens\": 40}", "*/*"));
		JsonNode again = json(
				send("POST", GENERATE, "{\"maxTokens\": 40, \"seed\": " + first.get("seed") + "}", "*/*"));
		assertThat(again).isEqualTo(first);
	}

	@ParameterizedTest
	@CsvSource({ "words", "subwords" })
	void keepsBlanksAndLineBreaks(String tokens) {
		String model = "limericks-" + tokens;
		train(model, tokens);
		JsonNode answer = json(send("POST", "/api/v1/models/" + model + "/generate",
				"{\"prompt\": \"There was an old man\", \"maxTokens\": 400, \"seed\": 1, \"temperature\": 1.2}",
				"*/*"));
		assertThat(answer.get("text").asString()).contains(" ").doesNotContain("<unk>");
		JsonNode evaluation = json(send("GET", "/api/v1/models/" + model + "/versions/1", null, "*/*"))
			.get("evaluation");
		assertThat(evaluation.at("/metrics/perplexity").asDouble()).isGreaterThan(1);
		assertThat(evaluation.at("/metrics/bitsPerCharacter").asDouble()).isPositive();
		assertThat(evaluation.at("/baseline/name").asString()).isEqualTo("3-grams, interpolated");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"maxTokens": 0}          | 422 | /maxTokens
			{"maxTokens": 10001}      | 422 | /maxTokens
			{"maxTokens": "many"}     | 400 | /maxTokens
			{"temperature": -1}       | 422 | /temperature
			{"topK": 0}               | 422 | /topK
			{"topP": 0}               | 422 | /topP
			{"topP": 1.5}             | 422 | /topP
			{"stop": ["a", ""]}       | 422 | /stop/1
			{"stop": [null]}          | 422 | /stop/0
			{"stop": "a"}             | 400 | /stop
			{"prompt": ["a"]}         | 400 | /prompt
			{"seed": 1.5}             | 400 | /seed
			{"beamWidth": 2}          | 400 | /beamWidth
			""")
	void refusesValuesThatHaveNoMeaning(String request, int status, String pointer) {
		for (String accept : List.of("*/*", "text/event-stream")) {
			HttpResponse<String> answer = send("POST", GENERATE, request, accept);
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
			assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
		}
	}

	@Test
	void onlyLanguageModelsGenerate() {
		HttpResponse<String> answer = send("POST", "/api/v1/models/limericks/translate", "{\"texts\": [\"a\"]}", "*/*");
		assertThat(answer.statusCode()).isEqualTo(409);
		assertThat(json(answer).get("detail").asString()).contains("was trained for generation");
		assertThat(send("POST", "/api/v1/models/nobody/generate", "{}", "text/event-stream").statusCode())
			.isEqualTo(404);
	}

	private HttpResponse<String> send(String method, String path, String body, String accept) {
		List<String> headers = (body != null) ? List.of("Content-Type", "application/json", "Accept", accept)
				: List.of("Accept", accept);
		return new Curl(method, URI.create("http://localhost:8080" + path), headers, body).at(this.port).send();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JSON.readTree(answer.body());
	}

}
