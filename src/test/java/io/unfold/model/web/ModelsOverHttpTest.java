package io.unfold.model.web;

import java.util.Map;

import io.unfold.HttpTest;
import io.unfold.model.ModelDraft;
import io.unfold.model.Models;
import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

class ModelsOverHttpTest extends HttpTest {

	private static final String PATH = "/api/v1/models";

	private static final String BODIES = """
			{}                       | 400 | /version
			{"version":"1"}          | 400 | /version
			{"version":1.5}          | 400 | /version
			{"version":null}         | 400 | /version
			{"version":1,"x":1}      | 400 | /x
			""";

	@Autowired
	Models models;

	@Test
	void listsAndDescribesModels() {
		publish("http-a", 2);
		JsonNode item = item("http-a");
		assertThat(item.get("task").asString()).isEqualTo("classification");
		assertThat(item.get("latestVersion").asInt()).isEqualTo(2);
		assertThat(item.get("aliases")).isEmpty();
		assertThat(get(PATH + "/http-a").json()).isEqualTo(item);
		assertThat(get(PATH + "/http-a/versions").json().get("items").findValues("version")).hasToString("[2, 1]");

		Answer version = get(PATH + "/http-a/versions/1");
		assertThat(version.json().propertyNames()).contains("task", "network", "training", "evaluation", "provenance",
				"createdAt", "sizeBytes", "sha256", "files");
		String etag = version.header("ETag");
		assertThat(etag).isEqualTo("\"" + version.json().get("sha256").asString() + "\"");
		assertThat(send(request(PATH + "/http-a/versions/1").header("If-None-Match", etag).build()).status())
			.isEqualTo(304);
	}

	@Test
	void setsAndDeletesAliases() {
		publish("http-b", 2);
		assertThat(put(PATH + "/http-b/aliases/production", "{\"version\": 1}").json().get("aliases"))
			.hasToString("{\"production\":1}");
		assertThat(put(PATH + "/http-b/aliases/production", "{\"version\": 2}").json().get("aliases"))
			.hasToString("{\"production\":2}");
		delete(PATH + "/http-b/versions/2").problem(409);
		assertThat(delete(PATH + "/http-b/aliases/production").status()).isEqualTo(204);
		delete(PATH + "/http-b/aliases/production").problem(404);
		assertThat(delete(PATH + "/http-b/versions/2").status()).isEqualTo(204);
		get(PATH + "/http-b/versions/2").problem(404);
		assertThat(get(PATH + "/http-b").json().get("latestVersion").asInt()).isEqualTo(1);
		assertThat(delete(PATH + "/http-b").status()).isEqualTo(204);
		get(PATH + "/http-b").problem(404);
		delete(PATH + "/http-b").problem(404);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = BODIES)
	void namesTheFieldOfAnAliasAtFault(String json, int status, String pointer) {
		publish("http-c", 1);
		assertThat(
				put(PATH + "/http-c/aliases/a", json).problem(status).path("errors").get(0).path("pointer").asString())
			.isEqualTo(pointer);
	}

	@Test
	void refusesAnAliasToNothing() {
		publish("http-d", 1);
		put(PATH + "/http-d/aliases/a", "{\"version\":99}").problem(404);
		put(PATH + "/http-d/aliases/a", "{\"version\":0}").problem(404);
		put(PATH + "/nothing/aliases/a", "{\"version\":1}").problem(404);
		assertThat(put(PATH + "/http-d/aliases/a%20b", "{\"version\":1}").problem(422).path("detail").asString())
			.startsWith("An alias");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/nothing", "/nothing/versions", "/nothing/versions/1", "/http-e/versions/99",
			"/http-e/versions/x", "/http-e/versions/0", "/http-e/versions/-1", "/http-e/versions/99999999999",
			"/http-e/nothing", "/%2e%2e/x", "/a%20b", "/.staging" })
	void findsNothingWhereNothingIs(String path) {
		publish("http-e", 1);
		assertThat(get(PATH + path).problem(404).path("instance").asString()).isNotBlank();
	}

	private JsonNode item(String name) {
		for (JsonNode item : get(PATH + "?pageSize=1000").json().get("items")) {
			if (item.get("name").asString().equals(name)) {
				return item;
			}
		}
		throw new AssertionError(name + " is not listed");
	}

	private void publish(String name, int times) {
		for (int i = 0; i < times; i++) {
			this.models.publish(name,
					new ModelDraft(json("{\"type\":\"classification\"}"), json("{}"), json("{}"), json("{}"),
							json("{\"job\":\"j\"}"), json("{}"),
							new Tensors(Map.of("w", new Tensor(new int[] { 2 }, new float[] { 1, 2 })))));
		}
	}

	private JsonNode json(String text) {
		return this.mapper.readTree(text);
	}

}
