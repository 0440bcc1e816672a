package io.unfold.inference.web;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

import com.github.kagkarlsson.scheduler.boot.autoconfigure.DbSchedulerAutoConfiguration;
import io.unfold.inference.InferencePool;
import io.unfold.inference.InferenceProperties;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/** Streams of texts over HTTP, of a service that has one thread for all of them. */
@Tag("http")
@SpringBootTest(classes = GenerationStreamsTest.Application.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "unfold.inference.threads=1", "unfold.inference.streams=2", "server.address=127.0.0.1" })
class GenerationStreamsTest {

	@Value("${local.server.port}")
	int port;

	@Autowired
	GenerationStreams streams;

	@Autowired
	InferencePool pool;

	@Test
	void aClientThatGoesAwayEndsItsText() throws IOException {
		try (Socket one = get("/endless"); Socket other = get("/endless")) {
			readTokens(one, 3);
			readTokens(other, 3);
			assertThat(this.streams.count()).isEqualTo(2);
			// both texts, and this, share the one thread
			assertThat(this.pool.<Integer>run(() -> 1)).isEqualTo(1);
			try (Socket third = get("/endless")) {
				assertThat(line(third.getInputStream())).contains("429");
			}
		}
		while (this.streams.count() > 0) {
			Thread.onSpinWait();
		}
		assertThat(this.pool.<Integer>run(() -> 2)).isEqualTo(2);
	}

	@Test
	void aTextIsSentToItsEnd() throws IOException {
		try (Socket client = get("/short")) {
			assertThat(new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.contains("Content-Type: text/event-stream;charset=UTF-8", "event: token", "event: end")
				.contains("\"tokens\":40");
		}
		while (this.streams.count() > 0) {
			Thread.onSpinWait();
		}
	}

	private Socket get(String path) throws IOException {
		Socket socket = new Socket("127.0.0.1", this.port);
		socket.getOutputStream()
			.write(("GET " + path + " HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n")
				.getBytes(StandardCharsets.US_ASCII));
		return socket;
	}

	private static void readTokens(Socket socket, int count) throws IOException {
		InputStream in = socket.getInputStream();
		for (int seen = 0; seen < count;) {
			seen += line(in).equals("event: token") ? 1 : 0;
		}
	}

	private static String line(InputStream in) throws IOException {
		StringBuilder line = new StringBuilder();
		for (int b = in.read(); b != '\n'; b = in.read()) {
			assertThat(b).as("the end after %s", line).isNotNegative();
			if (b != '\r') {
				line.append((char) b);
			}
		}
		return line.toString();
	}

	/** Not annotated as a configuration, so that tests of the whole service miss it. */
	@EnableAutoConfiguration(exclude = { DataSourceAutoConfiguration.class, FlywayAutoConfiguration.class,
			DbSchedulerAutoConfiguration.class })
	@EnableConfigurationProperties(InferenceProperties.class)
	@Import({ InferencePool.class, GenerationStreams.class, Texts.class })
	static class Application {

	}

	/** Texts without a model's registry. */
	@RestController
	static class Texts {

		private final GenerationStreams streams;

		Texts(GenerationStreams streams) {
			this.streams = streams;
		}

		@GetMapping("/endless")
		void endless(HttpServletRequest request, HttpServletResponse response) throws IOException {
			open(Integer.MAX_VALUE, request, response);
		}

		@GetMapping("/short")
		void once(HttpServletRequest request, HttpServletResponse response) throws IOException {
			open(40, request, response);
		}

		private void open(int tokens, HttpServletRequest request, HttpServletResponse response) throws IOException {
			try {
				this.streams.open(Babble.text("", tokens), request, response);
			}
			catch (io.unfold.problem.TooManyRequestsException ex) {
				response.sendError(429);
			}
		}

	}

}
