package io.unfold.job.web;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.unfold.job.FakeTrainer;
import io.unfold.problem.InvalidRequestException;
import io.unfold.training.Trainer.Estimate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The API of training jobs over a real connection, with a trainer that trains nothing.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "server.address=127.0.0.1", "unfold.jobs.workers=1", "unfold.jobs.queue=3",
				"unfold.jobs.streams=2" })
@Import(TrainingJobApiTest.Fakes.class)
@DirtiesContext
class TrainingJobApiTest {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	@TempDir
	static Path data;

	@LocalServerPort
	int port;

	@Autowired
	FakeTrainer trainer;

	private final HttpClient client = HttpClient.newHttpClient();

	@DynamicPropertySource
	static void data(DynamicPropertyRegistry registry) {
		registry.add("unfold.data", data::toString);
	}

	@BeforeEach
	void setUp() {
		this.trainer.miniBatch = (epoch, listener) -> {
		};
		this.trainer.refusal = null;
		this.trainer.estimate = new Estimate(1234, 540, 5 << 20, 1.5);
	}

	@Test
	void acceptsAJobAndTrainsIt() throws Exception {
		HttpResponse<String> accepted = post("", request("accepted", 3));
		assertThat(accepted.statusCode()).isEqualTo(202);
		assertThat(accepted.headers().firstValue("Retry-After")).isPresent();
		JsonNode job = json(accepted);
		assertThat(accepted.headers().firstValue("Location"))
			.contains("/api/v1/training-jobs/" + job.get("id").asString());
		assertThat(job.at("/model/name").asString()).isEqualTo("accepted");
		assertThat(job.at("/task").asString()).isEqualTo("classification");
		assertThat(job.at("/dataset/name").asString()).isEqualTo("gestures");
		assertThat(job.has("error")).isTrue();
		assertThat(job.get("error").isNull()).isTrue();
		assertThat(job.has("startedAt")).isFalse();

		watch(id(job));

		JsonNode done = json(get("/" + id(job)));
		assertThat(done.at("/state").asString()).isEqualTo("SUCCEEDED");
		assertThat(done.at("/model/version").asInt()).isEqualTo(1);
		assertThat(done.at("/evaluation/metrics/rmse").asDouble()).isEqualTo(0.5);
		assertThat(done.at("/evaluation/baseline/name").asString()).isEqualTo("naive");
		assertThat(done.at("/evaluation/metrics").has("mape")).isFalse();
		assertThat(done.at("/progress/fraction").asDouble()).isEqualTo(1);
		assertThat(done.at("/metrics/epoch").asInt()).isEqualTo(3);
		assertThat(done.has("queuePosition")).isFalse();
		assertThat(done.get("request")).isEqualTo(JSON.readTree(request("accepted", 3)));
		JsonNode curve = json(get("/" + id(job) + "/metrics"));
		assertThat(curve.at("/items").size()).isEqualTo(3);
		assertThat(curve.at("/items/0").has("validationLoss")).isFalse();
		assertThat(curve.at("/items/2/validationLoss").asDouble()).isEqualTo(2.0 / 3);
	}

	@Test
	void estimatesOnlyWhenAskedTo() throws Exception {
		HttpResponse<String> answer = post("?validateOnly=true", request("estimated", 3));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(json(answer))
			.isEqualTo(JSON.readTree("{\"parameters\":1234,\"examples\":540,\"memoryBytes\":5242880,\"seconds\":1.5}"));
		assertThat(json(get("?model=estimated")).at("/items").size()).isZero();
	}

	@Test
	void answersFromTheETagUntilSomethingChanges() throws Exception {
		String id = trained("tagged", 1);
		HttpResponse<String> first = get("/" + id);
		String tag = first.headers().firstValue("ETag").orElseThrow();
		HttpResponse<String> second = send(builder("/" + id).header("If-None-Match", tag).GET());
		assertThat(second.statusCode()).isEqualTo(304);
		assertThat(second.body()).isEmpty();
		assertThat(send(builder("/" + id).header("If-None-Match", "\"other\"").GET()).statusCode()).isEqualTo(200);
	}

	@Test
	void streamsEventsAsTheyHappen() throws Exception {
		CountDownLatch seen = new CountDownLatch(1);
		this.trainer.miniBatch = (epoch, listener) -> {
			if (epoch == 2) {
				listener.progress(new io.unfold.training.TrainingListener.Progress(0.5, 2, 3, "waiting"));
				assertThat(seen.await(30, TimeUnit.SECONDS)).isTrue();
			}
		};
		String id = id(json(post("", request("streamed", 3))));
		List<Event> events = new ArrayList<>();
		try (EventReader reader = stream(id, null)) {
			Event event;
			while ((event = reader.next()) != null) {
				events.add(event);
				if (event.data().contains("\"epoch\":1") && event.type().equals("metric")) {
					seen.countDown();
				}
			}
		}
		assertThat(seen.getCount()).isZero();
		assertThat(events).extracting(Event::id).isSorted().doesNotHaveDuplicates();
		assertThat(events).filteredOn((event) -> event.type().equals("state"))
			.extracting((event) -> JSON.readTree(event.data()).get("state").asString())
			.containsExactly("QUEUED", "RUNNING", "SUCCEEDED");
		assertThat(events).filteredOn((event) -> event.type().equals("metric")).hasSize(3);
		Event end = events.get(events.size() - 1);
		assertThat(end.type()).isEqualTo("end");
		assertThat(JSON.readTree(end.data()).at("/model/version").asInt()).isEqualTo(1);
	}

	@Test
	void replaysWhatAClientHasMissed() throws Exception {
		String id = trained("replayed", 4);
		List<Event> all = watch(id);
		for (int i = 0; i < all.size() - 1; i++) {
			try (EventReader reader = stream(id, all.get(i).id())) {
				assertThat(reader.rest()).containsExactlyElementsOf(all.subList(i + 1, all.size()));
			}
		}
	}

	@Test
	void hasNothingMoreForAClientThatHasTheEnd() throws Exception {
		String id = trained("ended", 1);
		List<Event> all = watch(id);
		String last = String.valueOf(all.get(all.size() - 1).id());
		assertThat(send(builder("/" + id + "/events").header("Last-Event-ID", last).GET()).statusCode()).isEqualTo(204);
		try (EventReader reader = stream(id, null)) {
			assertThat(reader.rest()).isEqualTo(all);
		}
	}

	@Test
	void opensNoMoreStreamsThanItMay() throws Exception {
		CountDownLatch seen = new CountDownLatch(1);
		this.trainer.miniBatch = (epoch, listener) -> seen.await(30, TimeUnit.SECONDS);
		String id = id(json(post("", request("bounded", 1))));
		try (EventReader one = stream(id, null); EventReader two = stream(id, null)) {
			one.next();
			two.next();
			HttpResponse<String> refused = get("/" + id + "/events");
			assertThat(refused.statusCode()).isEqualTo(429);
			assertThat(refused.headers().firstValue("Retry-After")).isPresent();
			assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
			seen.countDown();
			one.rest();
			two.rest();
		}
	}

	@Test
	void cancelsARunningJobInEitherSpelling() throws Exception {
		for (String spelling : List.of(":cancel", "/cancel")) {
			CountDownLatch running = new CountDownLatch(1);
			this.trainer.miniBatch = (epoch, listener) -> {
				running.countDown();
				listener.cancelled();
			};
			String id = id(json(post("", request("cancelled", 1_000_000))));
			assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
			HttpResponse<String> answer = post("/" + id + spelling, "");
			assertThat(answer.statusCode()).isEqualTo(202);
			assertThat(json(answer).at("/state").asString()).isIn("CANCELLING", "CANCELLED");
			List<Event> events = watch(id);
			assertThat(events.get(events.size() - 1).data()).contains("CANCELLED");
			assertThat(post("/" + id + spelling, "").statusCode()).isEqualTo(202);
		}
	}

	@Test
	void queuesRefusesAndCancelsWaitingJobs() throws Exception {
		CountDownLatch done = new CountDownLatch(1);
		CountDownLatch running = new CountDownLatch(1);
		this.trainer.miniBatch = (epoch, listener) -> {
			running.countDown();
			done.await(30, TimeUnit.SECONDS);
		};
		String first = id(json(post("", request("queue", 1))));
		assertThat(running.await(30, TimeUnit.SECONDS)).isTrue();
		List<String> waiting = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			JsonNode job = json(post("", request("queue", 1)));
			assertThat(job.at("/queuePosition").asInt()).isEqualTo(i);
			waiting.add(id(job));
		}
		HttpResponse<String> refused = post("", request("queue", 1));
		assertThat(refused.statusCode()).isEqualTo(429);
		assertThat(refused.headers().firstValue("Retry-After")).isPresent();
		assertThat(json(post("/" + waiting.get(0) + ":cancel", "")).at("/state").asString()).isEqualTo("CANCELLED");
		assertThat(json(get("/" + waiting.get(2))).at("/queuePosition").asInt()).isEqualTo(1);
		assertThat(json(get("?state=QUEUED&model=queue")).at("/items").size()).isEqualTo(2);
		done.countDown();
		for (String id : List.of(first, waiting.get(1), waiting.get(2))) {
			watch(id);
		}
		JsonNode page = json(get("?model=queue&pageSize=3"));
		assertThat(page.at("/items").size()).isEqualTo(3);
		JsonNode next = json(get("?model=queue&pageSize=3&pageToken=" + page.get("nextPageToken").asString()));
		assertThat(next.at("/items").size()).isEqualTo(1);
		assertThat(next.at("/items/0/id").asString()).isEqualTo(first);
		assertThat(next.has("nextPageToken")).isFalse();
		assertThat(post("/" + first + ":cancel", "").statusCode()).isEqualTo(409);
	}

	@Test
	void answersARequestThatIsSentAgainAsTheFirst() throws Exception {
		String key = "key of this test";
		HttpResponse<String> first = send(posted("", request("again", 1)).header("Idempotency-Key", key));
		HttpResponse<String> second = send(posted("", request("again", 1)).header("Idempotency-Key", key));
		assertThat(second.statusCode()).isEqualTo(202);
		assertThat(second.headers().firstValue("Location")).isEqualTo(first.headers().firstValue("Location"));
		HttpResponse<String> other = send(posted("", request("again", 2)).header("Idempotency-Key", key));
		assertThat(other.statusCode()).isEqualTo(422);
		watch(id(json(first)));
		assertThat(json(get("?model=again")).at("/items").size()).isEqualTo(1);
	}

	@Test
	void showsInlineExamplesWithTheJobButNotInLists() throws Exception {
		String request = """
				{"model": "inline", "task": {"type": "classification"},
				 "data": {"examples": [{"sequence": "a", "label": "x"}, {"sequence": "b", "label": "y"}]},
				 "training": {"epochs": 1}}""";
		String id = id(json(post("", request)));
		watch(id);
		assertThat(json(get("/" + id)).get("request")).isEqualTo(JSON.readTree(request));
		assertThat(json(get("?model=inline")).at("/items/0/request").has("data")).isFalse();
		assertThat(json(get("/" + id)).has("dataset")).isFalse();
	}

	@Test
	void namesTheFieldsAtFault() throws Exception {
		this.trainer.refusal = new InvalidRequestException("/network/layers/0/units", "is too much");
		assertFault(422, "/network/layers/0/units", request("x", 1));
		this.trainer.refusal = null;
		assertFault(422, "/dataset", request("x", 1).replace("gestures", "nothing"));
		assertFault(422, "/model", request("x/../y", 1));
		assertFault(422, "/training/epochs", request("x", 0));
		assertFault(422, "/data", request("x", 1).replace("\"task\"", "\"data\": {\"examples\": []}, \"task\""));
		assertFault(422, "/dataset", "{\"model\": \"x\", \"task\": {\"type\": \"classification\"}}");
		assertFault(422, "/data/examples/1",
				"{\"model\": \"x\", \"task\": {\"type\": \"classification\"}, \"data\": {\"examples\": [{}, 3]}}");
		assertFault(400, "/training/epochs", request("x", 1).replace(": 1,", ": \"many\","));
		assertFault(null, "/network/layers/0/cell", request("x", 1).replace("\"training\"",
				"\"network\": {\"layers\": [{\"cell\": \"gur\"}]}, \"training\""));
		assertFault(422, "/network/layers/0/units", request("x", 1).replace("\"training\"",
				"\"network\": {\"layers\": [{\"cell\": \"gru\", \"units\": 0}]}, \"training\""));
		assertFault(422, "/network/decoder/layers/0/units", request("x", 1).replace("\"training\"",
				"\"network\": {\"decoder\": {\"layers\": [{\"cell\": \"gru\", \"units\": 0}]}}, \"training\""));
		assertFault(422, "/training/learningRateSchedule/gamma",
				training("\"learningRateSchedule\": {\"type\": \"step\", \"gamma\": 2}"));
		assertFault(422, "/training/learningRateSchedule/minLearningRate",
				training("\"learningRateSchedule\": {\"type\": \"cosine\", \"minLearningRate\": 0.1}"));
		assertFault(422, "/training/validation/dataset", training("\"validation\": {\"dataset\": \"nothing\"}"));
		assertFault(422, "/training/test/dataset", training("\"test\": {\"dataset\": \"gestures\"}"));
		assertFault(422, "/training/validation/dataset",
				training("\"validation\": {\"dataset\": \"dates\", \"fraction\": 0.1}"));
		assertFault(422, "/training/validation/by",
				training("\"validation\": {\"fraction\": 0.1, \"by\": \"x\", \"order\": \"time\"}"));
		assertFault(422, "/training/test", training(
				"\"validation\": {\"fraction\": 0.1, \"by\": \"x\"}, \"test\": {\"fraction\": 0.1, \"by\": \"y\"}"));
		assertFault(422, "/training/warmStart", training("\"warmStart\": \"nothing:3\""));
		assertFault(422, "/training/earlyStopping/minDelta",
				training("\"earlyStopping\": {\"patience\": 3, \"minDelta\": -1}"));
		assertFault(422, "/training/classWeights", training("\"classWeights\": \"even\""));
		assertFault(422, "/training/classWeights/up", training("\"classWeights\": {\"up\": -1}"));
		assertFault(422, "/training/optimizer/weightDecay",
				training("\"optimizer\": {\"type\": \"adam\", \"weightDecay\": -1}"));
		assertFault(422, "/training/optimizer/weightDecay",
				training("\"optimizer\": {\"type\": \"sgd\", \"learningRate\": 1, \"weightDecay\": 2}"));
		assertFault(null, "/training/learningRateSchedule/type",
				training("\"learningRateSchedule\": {\"type\": \"cosin\"}"));
		this.trainer.estimate = new Estimate(10, 10, 1L << 50, 1);
		assertThat(assertFault(422, "/training/batchSize", request("x", 1)).at("/detail").asString()).contains("MiB");
	}

	@Test
	void answersWhatIsNotThereWithNotFound() throws Exception {
		for (String path : List.of("/none", "/none/metrics", "/none/events")) {
			assertThat(get(path).statusCode()).as(path).isEqualTo(404);
		}
		assertThat(post("/none:cancel", "").statusCode()).isEqualTo(404);
		assertThat(send(builder("/none").DELETE()).statusCode()).isEqualTo(404);
	}

	@Test
	void refusesQueriesThatMakeNoSense() throws Exception {
		for (String query : List.of("?pageSize=0", "?pageSize=x", "?state=ASLEEP", "?pageToken=%C3%A4")) {
			assertThat(get(query).statusCode()).as(query).isEqualTo(400);
		}
	}

	@Test
	void deletesAnEndedJob() throws Exception {
		String id = trained("deleted", 1);
		assertThat(send(builder("/" + id).DELETE()).statusCode()).isEqualTo(204);
		assertThat(get("/" + id).statusCode()).isEqualTo(404);
	}

	private JsonNode assertFault(Integer status, String pointer, String request) throws Exception {
		HttpResponse<String> answer = post("", request);
		if (status != null) {
			assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
		}
		assertThat(answer.statusCode()).as(answer.body()).isIn(400, 422);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(json(answer).at("/errors")).as(answer.body())
			.anySatisfy((error) -> assertThat(error.get("pointer").asString()).isEqualTo(pointer));
		return json(answer);
	}

	private static String request(String model, int epochs) {
		return """
				{"model": "%s", "dataset": "gestures", "task": {"type": "classification"},
				 "training": {"epochs": %d, "seed": 3}}""".formatted(model, epochs);
	}

	/** A request with these fields of training. */
	private static String training(String fields) {
		return request("x", 1).replace("\"seed\"", fields + ", \"seed\"");
	}

	private String trained(String model, int epochs) throws Exception {
		String id = id(json(post("", request(model, epochs))));
		watch(id);
		return id;
	}

	private static String id(JsonNode job) {
		return job.get("id").asString();
	}

	/** All of a job's events; ends when the job has. */
	private List<Event> watch(String id) throws Exception {
		try (EventReader reader = stream(id, null)) {
			return reader.rest();
		}
	}

	private EventReader stream(String id, Long last) throws Exception {
		HttpRequest.Builder request = builder("/" + id + "/events").GET();
		if (last != null) {
			request.header("Last-Event-ID", last.toString());
		}
		HttpResponse<InputStream> response = this.client.send(request.build(), BodyHandlers.ofInputStream());
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/event-stream");
		return new EventReader(new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8)));
	}

	private HttpRequest.Builder builder(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + "/api/v1/training-jobs" + path))
			.timeout(Duration.ofSeconds(60));
	}

	private HttpRequest.Builder posted(String path, String body) {
		return builder(path).header("Content-Type", "application/json").POST(HttpRequest.BodyPublishers.ofString(body));
	}

	private HttpResponse<String> post(String path, String body) throws Exception {
		return send(posted(path, body));
	}

	private HttpResponse<String> get(String path) throws Exception {
		return send(builder(path).GET());
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.client.send(request.build(), BodyHandlers.ofString());
	}

	private static JsonNode json(HttpResponse<String> response) {
		return JSON.readTree(response.body());
	}

	record Event(long id, String type, String data) {
	}

	private record EventReader(BufferedReader lines) implements AutoCloseable {

		/** The next event; null at the end of the stream. */
		Event next() throws IOException {
			long id = 0;
			String type = "";
			String line;
			while ((line = this.lines.readLine()) != null) {
				if (line.startsWith("id: ")) {
					id = Long.parseLong(line.substring(4));
				}
				else if (line.startsWith("event: ")) {
					type = line.substring(7);
				}
				else if (line.startsWith("data: ")) {
					return new Event(id, type, line.substring(6));
				}
			}
			return null;
		}

		List<Event> rest() throws IOException {
			List<Event> events = new ArrayList<>();
			for (Event event = next(); event != null; event = next()) {
				events.add(event);
			}
			return events;
		}

		@Override
		public void close() throws IOException {
			this.lines.close();
		}

	}

	@TestConfiguration(proxyBeanMethods = false)
	static class Fakes {

		@Bean
		@Primary
		FakeTrainer fakeTrainer() {
			return new FakeTrainer();
		}

	}

}
