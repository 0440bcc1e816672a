package io.unfold;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** The README's session, command by command as it stands there, against a new service. */
class ReadmeSessionTest extends ServiceTest {

	@Test
	void trainsAndCallsModelsAsTheReadmeSays() throws IOException {
		List<Curl> session = session();
		List<HttpResponse<String>> answers = new ArrayList<>();
		for (Curl command : session) {
			HttpResponse<String> answer = command.at(this.port).send();
			assertThat(answer.statusCode()).as(command + " answered " + answer.body()).isBetween(200, 299);
			if (command.uri().getPath().endsWith("/events")) {
				assertThat(answer.body()).contains("event: metric", "event: end", "SUCCEEDED");
			}
			answers.add(answer);
		}
		JsonNode labels = json(answers, session, "/predict").get("predictions");
		assertThat(labels.get(0).get("label").asString()).isEqualTo("up");
		assertThat(labels.get(1).get("label").asString()).isEqualTo("down");
		JsonNode translations = json(answers, session, "/translate").get("translations");
		for (JsonNode translation : translations) {
			assertThat(translation.get("text").asString()).matches("\\d{4}-\\d{2}-\\d{2}");
		}
		// not which dates: another processor rounds otherwise, and a model may miss one
		Curl job = Curl.commands("curl -s http://localhost:8080/api/v1/training-jobs/latest").get(0);
		JsonNode metrics = JsonMapper.shared().readTree(job.at(this.port).send().body()).at("/evaluation/metrics");
		assertThat(metrics.get("exactMatch").asDouble()).isGreaterThan(0.9);
	}

	private static JsonNode json(List<HttpResponse<String>> answers, List<Curl> session, String path) {
		for (int i = 0; i < answers.size(); i++) {
			if (session.get(i).uri().getPath().endsWith(path)) {
				return JsonMapper.shared().readTree(answers.get(i).body());
			}
		}
		throw new AssertionError("the README does not call " + path);
	}

	/** The curl commands between the session's heading and the next. */
	private static List<Curl> session() throws IOException {
		String readme = Files.readString(Path.of("README.md"));
		int start = readme.indexOf("## A model in two minutes");
		assertThat(start).isPositive();
		String section = readme.substring(start, readme.indexOf("\n## ", start + 1));
		Matcher blocks = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL).matcher(section);
		List<Curl> commands = new ArrayList<>();
		while (blocks.find()) {
			commands.addAll(Curl.commands(blocks.group(1)));
		}
		assertThat(commands).hasSizeGreaterThan(5);
		return commands;
	}

}
