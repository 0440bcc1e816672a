package io.unfold;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every example of the documentation, taken from it and sent as it is: what is trained
 * first, then what asks and lists, then what deletes.
 */
class DocumentedExamplesTest extends ServiceTest {

	private static final String JOBS = "/api/v1/training-jobs";

	private static final List<String> ORDER = List.of("post", "put", "get", "delete");

	@Test
	void workAsTheyAre() {
		JsonNode docs = JsonMapper.shared().readTree(send("GET", "/v3/api-docs", null).body());
		List<Operation> operations = operations(docs);
		assertThat(operations).hasSizeGreaterThan(20);
		Map<String, Operation> byKey = new LinkedHashMap<>();
		operations.forEach((operation) -> byKey.put(operation.key(), operation));
		Operation train = byKey.remove("post " + JOBS);
		train.requests().forEach((request) -> train(train, request));
		// one example deletes the first version, another one the model
		train(train, request(train, "classification"));
		int sent = 0;
		for (Operation operation : byKey.values()) {
			for (Request request : operation.requests()) {
				if (request.path().endsWith("cancel")) {
					requireSuccess("post", request(train, "translation"));
				}
				requireSuccess(operation.method(), request);
				if (request.path().endsWith("cancel")) {
					assertThat(send("GET", JOBS + "/latest/events", null).body()).contains("CANCELLED");
				}
				sent++;
			}
		}
		assertThat(sent).isGreaterThan(20);
	}

	private void train(Operation train, Request request) {
		requireSuccess(train.method(), request);
		assertThat(send("GET", JOBS + "/latest/events", null).body()).as(request.body()).contains("SUCCEEDED");
	}

	private static Request request(Operation operation, String name) {
		return operation.requests().stream().filter((request) -> request.name().equals(name)).findFirst().orElseThrow();
	}

	private void requireSuccess(String method, Request request) {
		HttpResponse<String> answer = send(method.toUpperCase(java.util.Locale.ROOT), request.path(), request.body());
		assertThat(answer.statusCode()).as(method + " " + request + ": " + answer.body()).isBetween(200, 299);
	}

	private HttpResponse<String> send(String method, String path, String body) {
		return new Curl(method, java.net.URI.create("http://localhost:8080" + path),
				(body != null) ? List.of("Content-Type", "application/json") : List.of(), body)
			.at(this.port)
			.send();
	}

	private static List<Operation> operations(JsonNode docs) {
		List<Operation> operations = new ArrayList<>();
		docs.path("paths")
			.properties()
			.forEach((path) -> path.getValue()
				.properties()
				.forEach((method) -> operations.add(new Operation(path.getKey(), method.getKey(), method.getValue()))));
		operations.sort(Comparator.comparing((Operation operation) -> ORDER.indexOf(operation.method()))
			// what is in a model is deleted before the model
			.thenComparing((operation) -> operation.path().contains("aliases") ? 0 : 1)
			.thenComparing((operation) -> -operation.path().length()));
		return operations;
	}

	private record Operation(String path, String method, JsonNode node) {

		String key() {
			return this.method + " " + this.path;
		}

		/**
		 * The documented requests: one for each example of the body, or one where there
		 * is no body.
		 */
		List<Request> requests() {
			JsonNode bodies = this.node.at("/requestBody/content/application~1json/examples");
			if (bodies.isEmpty()) {
				assertThat(this.node.at("/requestBody/content").has("application/json"))
					.as(key() + " has a JSON body and no example")
					.isFalse();
				return List.of(new Request("", filled(""), null));
			}
			List<Request> requests = new ArrayList<>();
			bodies.properties().forEach((example) -> {
				JsonNode value = example.getValue().get("value");
				requests.add(new Request(example.getKey(), filled(example.getKey()),
						value.isString() ? value.asString() : value.toString()));
			});
			return requests;
		}

		/**
		 * The path with the example of each parameter, or with the one that is named as
		 * the body's.
		 */
		private String filled(String name) {
			String filled = this.path;
			StringBuilder query = new StringBuilder();
			for (JsonNode parameter : this.node.path("parameters")) {
				String value = parameter.path("example").asString("");
				if (value.isEmpty()) {
					value = parameter.path("examples").path(name).path("value").asString("");
				}
				String parameterName = parameter.get("name").asString();
				if (parameter.get("in").asString().equals("path")) {
					assertThat(value).as(key() + " has no example for " + parameterName).isNotBlank();
					filled = filled.replace("{" + parameterName + "}", value);
				}
				else if (parameter.get("in").asString().equals("query") && !value.isEmpty()) {
					query.append(query.isEmpty() ? "?" : "&").append(parameterName).append("=").append(value);
				}
			}
			return filled + query;
		}

	}

	private record Request(String name, String path, String body) {
	}

}
