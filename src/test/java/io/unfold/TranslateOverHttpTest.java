package io.unfold;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Translation over the API, by a model that has learned to write letters in upper case,
 * each of which it knows, and to copy names, which it does not.
 */
class TranslateOverHttpTest extends ServiceTest {

	private static final String MODEL = "/api/v1/models/upper-case";

	@BeforeEach
	void train() {
		if (send("GET", MODEL, null).statusCode() == 200) {
			return;
		}
		Random random = new Random(8);
		List<String> examples = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			List<String> source = new ArrayList<>();
			List<String> target = new ArrayList<>();
			for (int t = random.nextInt(5); t >= 0; t--) {
				boolean name = random.nextInt(5) == 0;
				String word = name ? "n" + i + "x" + t : Character.toString('a' + random.nextInt(7));
				source.add(word);
				target.add(name ? word : word.toUpperCase(Locale.ROOT));
			}
			examples.add("{\"source\": \"%s\", \"target\": \"%s\"}".formatted(String.join(" ", source),
					String.join(" ", target)));
		}
		HttpResponse<String> posted = send("POST", "/api/v1/training-jobs",
				"""
						{"model": "upper-case", "data": {"examples": [%s]},
						 "task": {"type": "translation", "vocabularySize": 10, "maxLength": 12},
						 "network": {"encoder": {"layers": [{"cell": "gru", "units": 24}]},
						             "decoder": {"layers": [{"cell": "gru", "units": 32}]}, "embedding": 16, "attention": "general"},
						 "training": {"epochs": 22, "batchSize": 16, "optimizer": {"type": "adam", "learningRate": 0.01}}}"""
					.formatted(String.join(",", examples)));
		assertThat(posted.statusCode()).as(posted.body()).isEqualTo(202);
		assertThat(send("GET", "/api/v1/training-jobs/" + json(posted).get("id").asString() + "/events", null).body())
			.contains("SUCCEEDED");
	}

	@Test
	void judgesByBleuChrfPerplexityExactMatchAndCharacterErrors() {
		JsonNode evaluation = json(send("GET", MODEL + "/versions/1", null)).get("evaluation");
		assertThat(evaluation.get("metrics").propertyNames()).containsExactlyInAnyOrder("bleu", "chrf", "exactMatch",
				"characterErrorRate", "perplexity");
		assertThat(evaluation.at("/metrics/bleu").asDouble()).isBetween(90.0, 100.0);
		assertThat(evaluation.at("/metrics/chrf").asDouble()).isBetween(90.0, 100.0);
		assertThat(evaluation.at("/metrics/perplexity").asDouble()).isBetween(1.0, 1.5);
		assertThat(evaluation.at("/baseline/metrics").propertyNames()).containsExactlyInAnyOrder("bleu", "chrf",
				"exactMatch", "characterErrorRate");
		assertThat(evaluation.at("/baseline/metrics/bleu").asDouble()).isLessThan(50);
	}

	@Test
	void carriesOverWordsThatItDoesNotKnow() {
		assertThat(text("{\"texts\": [\"a Zork b\", \"c d blurb-7 a\"]}", 0)).isEqualTo("A Zork B");
		assertThat(text("{\"texts\": [\"a Zork b\", \"c d blurb-7 a\"]}", 1)).isEqualTo("C D blurb-7 A");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 4 })
	void writesTermsOfAGlossaryWhereTheyBelong(int beamWidth) {
		String request = """
				{"texts": ["a b C d", "c c", "e Zork f"], "beamWidth": %d,
				 "glossary": [{"source": "c", "target": "Sea  view!"}, {"source": "zork", "target": "Z\u00fcrich"}]}"""
			.formatted(beamWidth);
		assertThat(text(request, 0)).isEqualTo("A B Sea  view! D");
		assertThat(text(request, 1)).isEqualTo("Sea  view! Sea  view!");
		assertThat(text(request, 2)).isEqualTo("E Z\u00fcrich F");
		assertThat(text("{\"texts\": [\"a b c\"], \"glossary\": {\"b c\": \"X\", \"c\": \"Y\"}}", 0)).startsWith("A ")
			.endsWith("X")
			.doesNotContain("Y");
	}

	@Test
	void answersManyInTheOrderOfTheirScores() {
		JsonNode translation = json(translate("{\"texts\": [\"a b c d\"], \"alternatives\": 3, \"beamWidth\": 5}"))
			.at("/translations/0");
		assertThat(translation.get("text").asString()).isEqualTo("A B C D");
		assertThat(translation.get("alternatives")).hasSize(3);
		double score = translation.get("score").asDouble();
		assertThat(score).isCloseTo(0, within(0.2));
		for (JsonNode other : translation.get("alternatives")) {
			assertThat(other.get("score").asDouble()).isLessThanOrEqualTo(score);
			score = other.get("score").asDouble();
		}
	}

	@Test
	void longerAnswersAreFavouredByAHigherPenalty() {
		int shorter = length(
				"{\"texts\": [\"a b c d e f g\"], \"lengthPenalty\": 0, \"beamWidth\": 10, \"alternatives\": 9}");
		int longer = length(
				"{\"texts\": [\"a b c d e f g\"], \"lengthPenalty\": 10, \"beamWidth\": 10, \"alternatives\": 9}");
		assertThat(shorter).isLessThan(longer);
	}

	/** Characters of all answers together. */
	private int length(String request) {
		JsonNode translation = json(translate(request)).at("/translations/0");
		int length = translation.get("text").asString().length();
		for (JsonNode other : translation.get("alternatives")) {
			length += other.get("text").asString().length();
		}
		return length;
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					{}                                                     | /texts
					{"texts": []}                                          | /texts
					{"texts": "a"}                                         | /texts
					{"texts": [null]}                                      | /texts/0
					{"texts": ["a", " "]}                                  | /texts/1
					{"texts": ["a"], "beamWidth": 0}                       | /beamWidth
					{"texts": ["a"], "beamWidth": 65}                      | /beamWidth
					{"texts": ["a"], "beamWidth": "wide"}                  | /beamWidth
					{"texts": ["a"], "alternatives": -1}                   | /alternatives
					{"texts": ["a"], "alternatives": 2, "beamWidth": 2}    | /alternatives
					{"texts": ["a"], "alternatives": 64}                   | /alternatives
					{"texts": ["a"], "lengthPenalty": -0.5}                | /lengthPenalty
					{"texts": ["a"], "lengthPenalty": 11}                  | /lengthPenalty
					{"texts": ["a"], "lengthPenalty": "NaN"}               | /lengthPenalty
					{"texts": ["a"], "maxLength": 0}                       | /maxLength
					{"texts": ["a"], "alignment": "yes"}                   | /alignment
					{"texts": ["a"], "glossary": "c"}                      | /glossary
					{"texts": ["a"], "glossary": [{"source": "c"}]}        | /glossary/0/target
					{"texts": ["a"], "glossary": {"c": 5}}                 | /glossary/c
					{"texts": ["a"], "glossary": [{"source": "c", "target": "d"}, {"source": "c", "target": "e"}]} | /glossary/1/source
					""")
	void saysWhatIsWrongWithARequest(String request, String pointer) {
		HttpResponse<String> answer = translate(request);
		assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(json(answer).at("/errors/0/pointer").asString()).as(answer.body()).isEqualTo(pointer);
	}

	@ParameterizedTest
	@CsvSource({ "NaN", "Infinity" })
	void numbersThatAreNoneAreNoJson(String number) {
		HttpResponse<String> answer = translate("{\"texts\": [\"a\"], \"lengthPenalty\": " + number + "}");
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
	}

	@Test
	void refusesMoreTextsThanOneRequestHas() {
		HttpResponse<String> answer = translate("{\"texts\": [" + "\"a\",".repeat(10_000) + "\"a\"]}");
		assertThat(answer.statusCode()).isEqualTo(422);
		assertThat(json(answer).at("/errors/0/pointer").asString()).isEqualTo("/texts");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"beamWidth": 0          | /task/beamWidth
			"lengthPenalty": -1     | /task/lengthPenalty
			"bleuTokenizer": "14a"  | /task/bleuTokenizer
			"tokens": "bytes"       | /task/tokens
			""")
	void saysWhatIsWrongWithATask(String field, String pointer) {
		HttpResponse<String> answer = send("POST", "/api/v1/training-jobs", """
				{"model": "m", "task": {"type": "translation", %s},
				 "data": {"examples": [{"source": "a", "target": "b"}, {"source": "b", "target": "c"}]}}"""
			.formatted(field));
		assertThat(answer.statusCode()).as(answer.body()).isBetween(400, 499);
		assertThat(json(answer).at("/errors/0/pointer").asString()).as(answer.body()).isEqualTo(pointer);
	}

	private String text(String request, int i) {
		HttpResponse<String> answer = translate(request);
		assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
		return json(answer).at("/translations/" + i + "/text").asString();
	}

	private HttpResponse<String> translate(String request) {
		return send("POST", MODEL + "/translate", request);
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
