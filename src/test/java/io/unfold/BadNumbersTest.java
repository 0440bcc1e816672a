package io.unfold;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers that are none, before training and in it, over the API. */
class BadNumbersTest extends ServiceTest {

	private static final String JOBS = "/api/v1/training-jobs";

	@Test
	void modelOfTheLastGoodEpochIsKeptWhenTrainingDiverges() {
		StringBuilder examples = new StringBuilder();
		for (int t = 0; t < 100; t++) {
			examples.append((t > 0) ? "," : "").append(String.format(Locale.ROOT, "{\"x\": %.4f}", Math.sin(0.3 * t)));
		}
		// plain gradient descent with a rate far above what converges
		HttpResponse<String> posted = send("POST", JOBS, """
				{"model": "diverging", "data": {"examples": [%s]},
				 "task": {"type": "forecasting", "target": "x", "context": 12, "differencing": false},
				 "network": {"layers": [{"cell": "gru", "units": 8}]},
				 "training": {"epochs": 200, "batchSize": 1000, "gradientClipping": {},
				   "optimizer": {"type": "sgd", "learningRate": 10, "momentum": 0}}}""".formatted(examples));
		assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
		String job = JOBS + "/" + json(posted).get("id").asString();
		String events = send("GET", job + "/events", null).body();
		assertThat(events).contains("event: end", "FAILED");

		JsonNode failed = json(send("GET", job, null));
		assertThat(failed.get("state").asString()).isEqualTo("FAILED");
		assertThat(failed.at("/model/version").asInt()).isEqualTo(1);
		assertThat(failed.at("/error/type").asString()).isEqualTo("urn:unfold:problem:training-failed");
		assertThat(failed.at("/error/detail").asString()).contains("loss became", "epoch", "learning rate 10.0",
				"the best model so far is kept as diverging:1");
		assertThat(failed.has("evaluation")).isFalse();

		JsonNode version = json(send("GET", "/api/v1/models/diverging/versions/1", null));
		assertThat(version.at("/provenance/failure").asString()).contains("loss became");
		assertThat(version.at("/evaluation/metrics/rmse").asDouble()).isPositive();
		HttpResponse<String> forecast = send("POST", "/api/v1/models/diverging/predict",
				"{\"context\": [0.1, 0.4, 0.6, 0.8, 0.9, 1.0, 0.9, 0.8, 0.6, 0.4, 0.1, -0.2]}");
		assertThat(forecast.statusCode()).as(forecast.body()).isEqualTo(200);
		assertThat(json(forecast).at("/predictions/0/forecast/0/0").isNumber()).isTrue();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"x": 1e400}  | forecasting", "target": "x    | 400 | /data/examples/1/x
			{"x": NaN}    | forecasting", "target": "x    | 400 | /data/examples/1/x
			{"x": "NaN"}  | forecasting", "target": "x    | 422 | /data/examples/1/x
			{"x": 1e300}  | forecasting", "target": "x    | 422 | /data/examples/1/x
			{"x": null}   | forecasting", "target": "x    | 422 | /data/examples/1/x
			{"y": 1}      | forecasting", "target": "x    | 422 | /data/examples/1/x
			{"label": "b", "sequence": [1, null]}  | classification | 422 | /data/examples/1/sequence/1
			{"label": "b", "sequence": [1, 1e300]} | classification | 422 | /data/examples/1/sequence/1
			{"label": "b", "sequence": [1, 1e400]} | classification | 400 | /data/examples/1/sequence/1
			""")
	void examplesOfARequestAreRefusedAtOnce(String example, String task, int status, String pointer) {
		HttpResponse<String> answer = send("POST", JOBS, """
				{"model": "m", "task": {"type": "%s"},
				 "data": {"examples": [{"x": 1, "label": "a", "sequence": [1, 2]}, %s]}}""".formatted(task, example));
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo(pointer);
	}

	@Test
	void truncationThatCannotMeanAnythingIsRefusedAtOnce() {
		HttpResponse<String> answer = send("POST", JOBS, """
				{"model": "m", "dataset": "gestures", "task": {"type": "classification"},
				 "network": {"bidirectional": true}, "training": {"truncatedBptt": {"forward": 10, "backward": 5}}}""");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/training/truncatedBptt");
		assertThat(json(answer).at("/errors/0/detail").asString()).contains("bidirectional");
	}

	@Test
	void longSequencesAreTrainedInWindows() {
		HttpResponse<String> posted = send("POST", JOBS, """
				{"model": "windows", "dataset": "seasonal",
				 "task": {"type": "forecasting", "target": "sales", "context": 60},
				 "network": {"layers": [{"cell": "lstm", "units": 8}]},
				 "training": {"epochs": 2, "truncatedBptt": {"forward": 24, "backward": 12},
				   "gradientClipping": {"value": 0.5, "globalNorm": 1.0}}}""");
		assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
		String job = JOBS + "/" + json(posted).get("id").asString();
		assertThat(send("GET", job + "/events", null).body()).contains("SUCCEEDED");
		JsonNode training = json(send("GET", "/api/v1/models/windows/versions/1", null)).get("training");
		assertThat(training.at("/truncatedBptt/backward").asInt()).isEqualTo(12);
		assertThat(training.at("/gradientClipping/value").asDouble()).isEqualTo(0.5);
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
