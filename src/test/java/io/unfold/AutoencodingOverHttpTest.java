package io.unfold;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Codes and scores of an autoencoder, as clients ask for them. */
class AutoencodingOverHttpTest extends ServiceTest {

	private static final String JOBS = "/api/v1/training-jobs";

	private static final String MODELS = "/api/v1/models/";

	@BeforeEach
	void trainOnce() {
		if (send("GET", MODELS + "waves", null).statusCode() == 200) {
			return;
		}
		StringBuilder examples = new StringBuilder();
		for (int i = 0; i < 40; i++) {
			StringBuilder sequence = new StringBuilder();
			for (int t = 0; t < 4 + i % 3; t++) {
				sequence.append((t > 0) ? "," : "")
					.append(String.format(Locale.ROOT, "[%.3f,%.3f]", Math.sin(i + t), Math.cos(i + t)));
			}
			examples.append((i > 0) ? "," : "").append("{\"sequence\": [").append(sequence).append("]}");
		}
		HttpResponse<String> posted = send("POST", JOBS, """
				{"model": "waves", "task": {"type": "autoencoding"}, "data": {"examples": [%s]},
				 "network": {"encoder": {"layers": [{"cell": "lstm", "units": 8}]}, "decoder": {}, "code": 3},
				 "training": {"epochs": 2}}""".formatted(examples));
		assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
		assertThat(send("GET", JOBS + "/" + json(posted).get("id").asString() + "/events", null).body())
			.contains("SUCCEEDED");
	}

	@Test
	void codesAndScoresAreInTheOrderOfTheSequences() {
		String sequences = "\"sequences\": [[[0.1, 0.9], [0.8, 0.5]], [[5, -5]]]";
		JsonNode encoded = json(send("POST", MODELS + "waves/encode", "{" + sequences + "}"));
		assertThat(encoded.propertyNames()).containsExactly("model", "version", "codes");
		assertThat(encoded.get("codes")).hasSize(2).allMatch((code) -> code.size() == 3);
		JsonNode scored = json(send("POST", MODELS + "waves:1/score", "{" + sequences + "}"));
		assertThat(scored.get("model").asString()).isEqualTo("waves");
		assertThat(scored.get("version").asInt()).isEqualTo(1);
		assertThat(scored.get("scores")).hasSize(2)
			.allSatisfy((score) -> assertThat(score.propertyNames()).containsExactly("error", "anomaly"));
		assertThat(scored.at("/scores/1/error").doubleValue()).isGreaterThan(scored.get("threshold").doubleValue());
		assertThat(scored.at("/scores/1/anomaly").booleanValue()).isTrue();
		JsonNode explained = json(
				send("POST", MODELS + "waves/score", "{" + sequences + ", \"reconstruction\": true}"));
		assertThat(explained.at("/scores/0/reconstruction")).hasSize(2);
		assertThat(explained.at("/scores/0/reconstruction/1")).hasSize(2);
		assertThat(explained.at("/scores/0/stepErrors")).hasSize(2);
		JsonNode version = json(send("GET", MODELS + "waves/versions/1", null));
		assertThat(version.at("/network/code").asInt()).isEqualTo(3);
		assertThat(version.at("/evaluation/metrics/threshold").doubleValue())
			.isEqualTo(scored.get("threshold").doubleValue());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			waves/encode  | {}                                                      | 422 | /sequences
			waves/score   | {"sequences": []}                                       | 422 | /sequences
			waves/score   | {"sequences": [[[0.1, 0.2]], [[0.1]]]}                  | 422 | /sequences/1
			waves/encode  | {"sequences": [[[0.1, 0.2], [0.1, null]]]}              | 422 | /sequences/0/1/1
			waves/score   | {"sequences": [[[0.1, 1e400]]]}                         | 400 | /sequences/0/0/1
			waves/score   | {"sequences": ["a b"]}                                  | 422 | /sequences/0
			waves/encode  | {"sequences": [[[0.1, 0.2]]], "reconstruction": true}   | 400 | /reconstruction
			waves/score   | {"sequences": [[[0.1, 0.2]]], "reconstruction": "some"} | 400 | /reconstruction
			waves/predict | {"sequences": [[[0.1, 0.2]]]}                           | 409 |
			none/encode   | {"sequences": [[[0.1, 0.2]]]}                           | 404 |
			""")
	void badRequestsAreProblems(String path, String body, int status, String pointer) {
		HttpResponse<String> answer = send("POST", MODELS + path, body);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type"))
			.hasValueSatisfying((type) -> assertThat(type).startsWith("application/problem+json"));
		if (pointer != null) {
			assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			"network": {"layers": [{"cell": "gru", "units": 4}]}          | /network
			"network": {"encoder": {}, "decoder": {}, "code": 0}          | /network/code
			"network": {"encoder": {}, "decoder": {"bidirectional": true}} | /network/decoder
			"training": {"truncatedBptt": {"forward": 2, "backward": 1}}  | /training/truncatedBptt
			""")
	void jobsThatCannotMeanAnythingAreRefused(String field, String pointer) {
		HttpResponse<String> answer = send("POST", JOBS, """
				{"model": "m", "dataset": "cycles", "task": {"type": "autoencoding"}, %s}""".formatted(field));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
		assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
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
