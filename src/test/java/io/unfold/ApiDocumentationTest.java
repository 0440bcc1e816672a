package io.unfold;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

import io.unfold.model.ModelDraft;
import io.unfold.model.Models;
import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/** The documentation of datasets and models says all there is to say, and it is true. */
class ApiDocumentationTest extends HttpTest {

	private static final List<String> ORDER = List.of("post", "put", "get", "delete");

	@Autowired
	Models models;

	@Test
	void describesEveryOperationAndItsProblems() {
		JsonNode docs = get("/v3/api-docs").json();
		assertThat(docs.at("/info/title").asString()).isEqualTo("Unfold");
		assertThat(docs.at("/info/license/name").asString()).isEqualTo("Apache-2.0");
		assertThat(docs.at("/components/schemas/Problem/properties").propertyNames()).contains("type", "title",
				"status", "detail", "instance", "errors");
		assertThat(docs.at("/components/schemas").has("Violation")).isTrue();
		List<Operation> operations = operations(docs);
		assertThat(operations).hasSizeGreaterThan(10).allSatisfy((operation) -> {
			assertThat(operation.node().path("summary").asString()).isNotBlank();
			assertThat(operation.node().path("description").asString()).isNotBlank();
			assertThat(operation.node().path("tags")).isNotEmpty();
			assertThat(operation.node().at("/responses").propertyNames()).anyMatch((code) -> code.startsWith("4"));
			operation.node()
				.at("/responses")
				.properties()
				.stream()
				.filter((e) -> e.getKey().startsWith("4"))
				.forEach((e) -> {
					assertThat(e.getValue().path("description").asString()).isNotBlank();
					assertThat(e.getValue().path("content").propertyNames())
						.containsExactly("application/problem+json");
				});
			for (JsonNode parameter : operation.node().path("parameters")) {
				assertThat(parameter.path("description").asString()).as(parameter.toString()).isNotBlank();
			}
		});
		// what is a tree in Java is any JSON in the documentation
		assertThat(docs.toString()).doesNotContain("ObjectNode", "JsonNode", "nodeType");
	}

	@Test
	void hasExamplesThatWorkWhenSentAsTheyAre() {
		for (int i = 0; i < 2; i++) {
			this.models.publish("gesture-classifier", draft());
		}
		List<Operation> operations = operations(get("/v3/api-docs").json());
		operations.sort(Comparator.comparing((Operation operation) -> ORDER.indexOf(operation.method()))
			// what is in a model is deleted before the model
			.thenComparing((operation) -> operation.path().contains("aliases") ? 0 : 1)
			.thenComparing((operation) -> -operation.path().length()));
		int bodies = 0;
		for (Operation operation : operations) {
			String path = operation.examplePath();
			if (!operation.node().has("requestBody")) {
				Answer answer = operation.method().equals("get") ? get(path) : delete(path);
				assertThat(answer.status()).as("%s: %s", path, answer.text()).isBetween(200, 204);
				continue;
			}
			for (JsonNode example : operation.node().at("/requestBody/content/application~1json/examples")) {
				String body = example.get("value").isString() ? example.get("value").asString()
						: example.get("value").toString();
				Answer answer = operation.method().equals("post") ? post(path, body) : put(path, body);
				assertThat(answer.status()).as("%s: %s", path, answer.text()).isBetween(200, 201);
				bodies++;
			}
		}
		assertThat(bodies).isEqualTo(2);
	}

	@Test
	void servesSwaggerUi() {
		Answer answer = get("/swagger-ui.html");
		assertThat(answer.status()).isEqualTo(302);
		Answer page = get(answer.header("Location"));
		assertThat(page.status()).isEqualTo(200);
		assertThat(page.text()).contains("swagger-ui");
		assertThat(get("/swagger-ui/swagger-ui-bundle.js").status()).isEqualTo(200);
	}

	@Test
	void isHealthyAndCanBeWatched() {
		assertThat(get("/actuator/health").json().path("status").asString()).isEqualTo("UP");
		assertThat(get("/actuator/metrics").json().path("names")).isNotEmpty();
		assertThat(get("/actuator/info").status()).isEqualTo(200);
		get("/actuator/env").problem(404);
	}

	private static List<Operation> operations(JsonNode docs) {
		List<Operation> operations = new ArrayList<>();
		for (Map.Entry<String, JsonNode> path : docs.path("paths").properties()) {
			for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
				operations.add(new Operation(path.getKey(), method.getKey(), method.getValue()));
			}
		}
		return operations;
	}

	private ModelDraft draft() {
		JsonNode task = this.mapper.readTree("{\"type\":\"classification\"}");
		JsonNode empty = this.mapper.readTree("{}");
		return new ModelDraft(task, empty, empty, empty, empty, empty,
				new Tensors(Map.of("w", new Tensor(new int[] { 1 }, new float[] { 1 }))));
	}

	private record Operation(String path, String method, JsonNode node) {

		String examplePath() {
			String filled = this.path;
			StringBuilder query = new StringBuilder();
			for (JsonNode parameter : this.node.path("parameters")) {
				String name = parameter.get("name").asString();
				String value = parameter.path("example").asString("");
				if (parameter.get("in").asString().equals("path")) {
					assertThat(value).as(this.path + " " + name).isNotBlank();
					filled = filled.replace("{" + name + "}", value);
				}
				else if (!value.isEmpty()) {
					query.append(query.isEmpty() ? "?" : "&").append(name).append("=").append(value);
				}
			}
			return filled + query;
		}

	}

}
