package io.unfold;

import java.io.IOException;
import java.nio.file.Path;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kills a real process in the middle of a job: nothing that it has answered for is lost.
 */
@Timeout(480)
class JobSurvivesKillIT {

	private static final String GREETINGS = """
			[{"sequence": "good morning", "label": "greeting"}, {"sequence": "good evening to you", "label": "greeting"},
			 {"sequence": "hello there", "label": "greeting"}, {"sequence": "hello again", "label": "greeting"},
			 {"sequence": "see you soon", "label": "farewell"}, {"sequence": "goodbye and good luck", "label": "farewell"},
			 {"sequence": "until tomorrow", "label": "farewell"}, {"sequence": "goodbye now", "label": "farewell"}]""";

	private static final String SHORT_JOB = """
			{"model": "%s", "dataset": "greetings", "task": {"type": "classification", "tokens": "words"},
			 "network": {"layers": [{"cell": "gru", "units": 4}]},
			 "training": {"epochs": 2, "validation": {"fraction": 0.25}}}""";

	private static final String LONG_JOB = """
			{"model": "survivor", "dataset": "gestures", "task": {"type": "classification"},
			 "network": {"layers": [{"cell": "gru", "units": 48}]}, "training": {"epochs": 30, "seed": 3}}""";

	private static final String QUESTION = "{\"sequences\": [\"good evening\", \"see you tomorrow\"]}";

	@TempDir
	Path data;

	@Test
	void keepsDataAndModelsAndFinishesTheJob() throws Exception {
		String survivor;
		String waiting;
		JsonNode dataset;
		JsonNode answer;
		List<JsonNode> before;
		try (PackagedService service = PackagedService.start(this.data)) {
			dataset = service.post("/api/v1/datasets", "{\"name\": \"greetings\", \"examples\": " + GREETINGS + "}",
					201);
			String done = id(service.post("/api/v1/training-jobs", SHORT_JOB.formatted("words"), 202));
			awaitJob(service, done, (job) -> state(job).equals("SUCCEEDED"));
			answer = service.post("/api/v1/models/words/predict", QUESTION, 200);
			survivor = id(service.post("/api/v1/training-jobs", LONG_JOB, 202));
			waiting = id(service.post("/api/v1/training-jobs", SHORT_JOB.formatted("waiting"), 202));
			awaitJob(service, survivor, (job) -> job.at("/metrics/epoch").asInt() >= 3);
			assertThat(this.data.resolve("jobs").resolve(survivor).resolve("checkpoint")).isNotEmptyFile();
			before = items(service.get("/api/v1/training-jobs/" + survivor + "/metrics"));
			assertThat(state(service.get("/api/v1/training-jobs/" + survivor))).isEqualTo("RUNNING");
			service.kill();
		}

		try (PackagedService service = PackagedService.start(this.data)) {
			assertThat(service.get("/api/v1/datasets/greetings")).isEqualTo(dataset);
			assertThat(service.post("/api/v1/models/words/predict", QUESTION, 200)).isEqualTo(answer);
			awaitJob(service, survivor, (job) -> job.get("attempts").asInt() == 2);
			JsonNode job = awaitJob(service, survivor, (j) -> state(j).equals("SUCCEEDED"));
			assertThat(job.get("attempts").asInt()).isEqualTo(2);
			assertThat(job.at("/model/version").asInt()).isEqualTo(1);
			List<JsonNode> after = items(service.get("/api/v1/training-jobs/" + survivor + "/metrics"));
			assertThat(after).hasSize(30);
			assertThat(after.get(0)).as("an epoch before the checkpoint is not run again, so took the same time")
				.isEqualTo(before.get(0));
			assertThat(losses(after.subList(0, before.size()))).as("the others are, bit for bit")
				.isEqualTo(losses(before));
			assertThat(state(awaitJob(service, waiting, (j) -> state(j).equals("SUCCEEDED")))).isNotNull();
			assertThat(service.get("/api/v1/training-jobs/" + waiting).get("attempts").asInt()).isEqualTo(1);
			assertThat(this.data.resolve("jobs")).isEmptyDirectory();
		}
	}

	@Test
	void endsInOrderAndGoesOnWithTheJobAtTheNextStart() throws Exception {
		String id;
		try (PackagedService service = PackagedService.start(this.data)) {
			id = id(service.post("/api/v1/training-jobs", LONG_JOB, 202));
			CompletableFuture<HttpResponse<String>> watching = service.watch("/api/v1/training-jobs/" + id + "/events");
			awaitJob(service, id, (job) -> job.at("/metrics/epoch").asInt() >= 1);
			assertThat(service.terminate()).as("ends soon, though a job runs and a client watches").isTrue();
			assertThat(watching.get(30, TimeUnit.SECONDS).body()).as("the stream was ended, not cut off")
				.contains("event: metric")
				.doesNotContain("event: end");
		}
		try (PackagedService service = PackagedService.start(this.data)) {
			awaitJob(service, id, (job) -> job.get("attempts").asInt() == 2);
		}
	}

	private static JsonNode awaitJob(PackagedService service, String id, Predicate<JsonNode> condition)
			throws IOException, InterruptedException {
		return service.await("/api/v1/training-jobs/" + id, Duration.ofSeconds(180), (job) -> {
			assertThat(state(job)).as(() -> job.toString()).isNotIn("FAILED", "CANCELLED");
			return condition.test(job);
		});
	}

	private static String id(JsonNode job) {
		return job.get("id").asString();
	}

	private static String state(JsonNode job) {
		return job.get("state").asString();
	}

	private static List<JsonNode> items(JsonNode list) {
		return list.get("items").valueStream().toList();
	}

	private static List<Double> losses(List<JsonNode> metrics) {
		return metrics.stream().map((figures) -> figures.get("trainLoss").asDouble()).toList();
	}

}
