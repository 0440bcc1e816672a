package io.unfold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import io.unfold.problem.web.StrictJson;
import org.junit.jupiter.api.Tag;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A test of what is stored and of how problems are told, over HTTP on loopback, without
 * jobs and inference. All such tests share one service.
 */
@Tag("http")
@SpringBootTest(classes = HttpTest.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "unfold.http.max-body-size=64KB", "spring.servlet.multipart.max-file-size=256KB",
				"spring.servlet.multipart.max-request-size=300KB", "server.address=127.0.0.1" })
public abstract class HttpTest {

	private static final Path DATA = temporary();

	private final HttpClient client = HttpClient.newHttpClient();

	protected final JsonMapper mapper = StrictJson.mapper();

	@Value("${local.server.port}")
	protected int port;

	@DynamicPropertySource
	static void data(DynamicPropertyRegistry registry) {
		registry.add("unfold.data", DATA::toString);
	}

	private static Path temporary() {
		try {
			Path path = Files.createTempDirectory("unfold-http");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(path.toFile())));
			return path;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	protected HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path));
	}

	protected Answer send(HttpRequest request) {
		try {
			HttpResponse<byte[]> response = this.client.send(request, BodyHandlers.ofByteArray());
			return new Answer(response, this.mapper);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	protected Answer get(String path) {
		return send(request(path).build());
	}

	protected Answer delete(String path) {
		return send(request(path).DELETE().build());
	}

	protected Answer post(String path, String json) {
		return post(path, json.getBytes(StandardCharsets.UTF_8));
	}

	protected Answer post(String path, byte[] json) {
		return send(request(path).header("Content-Type", "application/json")
			.POST(BodyPublishers.ofByteArray(json))
			.build());
	}

	protected Answer put(String path, String json) {
		return send(
				request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(json)).build());
	}

	/** Posts a file with the form fields given as {@code name=value}. */
	protected Answer upload(String path, String fileName, byte[] content, String... fields) {
		String boundary = "----unfold";
		StringBuilder head = new StringBuilder();
		for (String field : fields) {
			int equals = field.indexOf('=');
			head.append("--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(boundary,
					field.substring(0, equals), field.substring(equals + 1)));
		}
		head.append("--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n".formatted(boundary,
				fileName));
		return send(request(path).header("Content-Type", "multipart/form-data; boundary=" + boundary)
			.POST(BodyPublishers.concat(BodyPublishers.ofString(head.toString()), BodyPublishers.ofByteArray(content),
					BodyPublishers.ofString("\r\n--" + boundary + "--\r\n")))
			.build());
	}

	/** An answer of the service. */
	protected record Answer(HttpResponse<byte[]> response, JsonMapper mapper) {

		public int status() {
			return this.response.statusCode();
		}

		public String text() {
			return new String(this.response.body(), StandardCharsets.UTF_8);
		}

		public JsonNode json() {
			return this.mapper.readTree(text());
		}

		public String header(String name) {
			return this.response.headers().firstValue(name).orElse("");
		}

		/** The problem document, checked for what each must have. */
		public JsonNode problem(int status) {
			assertThat(status()).as(text()).isEqualTo(status);
			assertThat(header("Content-Type")).isEqualTo("application/problem+json");
			JsonNode problem = json();
			assertThat(problem.path("status").asInt()).isEqualTo(status);
			assertThat(problem.path("type").asString()).startsWith("urn:unfold:problem:");
			assertThat(problem.path("title").asString()).isNotBlank();
			assertThat(problem.path("detail").asString()).isNotBlank();
			assertThat(text()).doesNotContain("Exception", "\tat ", "java.", "jackson");
			return problem;
		}

	}

	/**
	 * The service without jobs and inference, and so without a database. Not annotated as
	 * a configuration, so that tests of the whole service do not find it.
	 */
	@EnableAutoConfiguration(exclude = { DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class,
			DbSchedulerAutoConfiguration.class })
	@ComponentScan({ "io.unfold.problem", "io.unfold.storage", "io.unfold.dataset", "io.unfold.model" })
	@Import({ ApiDocumentation.class, FaultyController.class })
	static class Application {

	}

}
