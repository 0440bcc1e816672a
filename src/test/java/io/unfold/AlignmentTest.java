package io.unfold;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Where a decoder looked, over the API. */
class AlignmentTest extends ServiceTest {

	private static final String JOBS = "/api/v1/training-jobs";

	private static final String DATA = """
			{"examples": [{"source": "a b", "target": "x y"}, {"source": "b a", "target": "y x"},
			              {"source": "a a b", "target": "x x y"}, {"source": "b", "target": "y"}]}""";

	@Test
	void tellsHowMuchEachTokenLookedAtEachTokenOfTheSource() {
		train("aligned", "{\"encoder\": {}, \"decoder\": {}, \"embedding\": 4, \"attention\": \"general\"}");
		HttpResponse<String> answer = translate("aligned", "true");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		for (int i = 0; i < 2; i++) {
			JsonNode translation = json(answer).get("translations").get(i);
			assertThat(translation.get("sourceTokens")).hasSize((i == 0) ? 3 : 1);
			assertThat(translation.at("/sourceTokens/0").asString()).isEqualTo((i == 0) ? "a" : "unseen");
			assertThat(translation.get("alignment")).hasSameSizeAs(translation.get("targetTokens"));
			for (JsonNode weights : translation.get("alignment")) {
				double sum = 0;
				for (JsonNode weight : weights) {
					sum += weight.asDouble();
				}
				assertThat(weights).hasSize((i == 0) ? 3 : 1);
				assertThat(sum).isCloseTo(1, within(1e-5));
			}
			assertThat(translation.at("/alternatives/0").propertyNames()).containsExactly("text", "score");
		}
	}

	@Test
	void isNotGivenUnlessItIsAskedFor() {
		train("silent", "{\"encoder\": {}, \"decoder\": {}, \"embedding\": 4, \"attention\": \"additive\"}");
		HttpResponse<String> answer = translate("silent", "false");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		assertThat(json(answer).at("/translations/0").propertyNames()).doesNotContain("alignment", "sourceTokens",
				"targetTokens");
	}

	@Test
	void isRefusedOfAModelWithoutAttention() {
		train("blind", "{\"encoder\": {}, \"decoder\": {}, \"embedding\": 4, \"attention\": \"none\"}");
		HttpResponse<String> answer = translate("blind", "true");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
		assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/alignment");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"attention": "dot"                                | /network/attention | both directions
			"attention": "dott"                               | /network/attention | general
			""")
	void attentionThatCannotBeIsRefusedAtOnce(String fields, String pointer, String reason) {
		HttpResponse<String> answer = send("POST", JOBS, """
				{"model": "m", "data": %s, "task": {"type": "translation"},
				 "network": {"encoder": {"bidirectional": true}, "decoder": {}, %s}}""".formatted(DATA, fields));
		assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
		assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
		assertThat(answer.body()).contains(reason);
	}

	private void train(String model, String network) {
		HttpResponse<String> posted = send("POST", JOBS, """
				{"model": "%s", "data": %s, "task": {"type": "translation"}, "network": %s,
				 "training": {"epochs": 2, "validation": {"fraction": 0.25}}}""".formatted(model, DATA, network));
		assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
		assertThat(send("GET", JOBS + "/" + json(posted).get("id").asString() + "/events", null).body())
			.contains("SUCCEEDED");
	}

	private HttpResponse<String> translate(String model, String alignment) {
		return send("POST", "/api/v1/models/" + model + "/translate",
				"{\"texts\": [\"a b a\", \"unseen\"], \"alternatives\": 1, \"maxLength\": 5, \"alignment\": %s}"
					.formatted(alignment));
	}

	private HttpResponse<String> send(String method, String path, String body) {
		return new Curl(method, URI.create("http://localhost:8080" + path),
				(body != null) ? List.of("Content-Type", "application/json") : List.of(), body)
			.at(this.port)
			.send();
	}

	private static JsonNode json(HttpResponse<String> answer) {
		return JsonMapper.shared().readTree(answer.body());
	}

}
