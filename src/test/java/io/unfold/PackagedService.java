package io.unfold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The packaged service as a process of its own, on a free port and a given data folder.
 * The jar is {@code -Dunfold.jar}, by default the one in {@code target}.
 */
final class PackagedService implements AutoCloseable {

	private static final JsonMapper JSON = JsonMapper.builder().build();

	private static final Duration START = Duration.ofSeconds(180);

	private final Process process;

	private final Path log;

	private final int port;

	private final HttpClient client = HttpClient.newHttpClient();

	private PackagedService(Process process, Path log, int port) {
		this.process = process;
		this.log = log;
		this.port = port;
	}

	/** Starts the service and waits until it takes requests. */
	static PackagedService start(Path data) throws IOException, InterruptedException {
		int port = freePort();
		Path log = Files.createTempFile("unfold", ".log");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-jar", jar().toString());
		builder.environment().put("UNFOLD_DATA", data.toString());
		builder.environment().put("SERVER_PORT", String.valueOf(port));
		builder.environment().put("SERVER_ADDRESS", "127.0.0.1");
		PackagedService service = new PackagedService(
				builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log, port);
		try {
			service.await("/actuator/health", START, (health) -> health.path("status").asString("").equals("UP"));
		}
		catch (IOException | InterruptedException | AssertionError ex) {
			service.close();
			throw ex;
		}
		return service;
	}

	private static Path jar() throws IOException {
		String given = System.getProperty("unfold.jar");
		if (given != null) {
			return Path.of(given);
		}
		try (Stream<Path> files = Files.list(Path.of("target"))) {
			List<Path> jars = files.filter((file) -> file.getFileName().toString().matches("unfold-[^/]*\\.jar"))
				.toList();
			assertThat(jars).as("the packaged service in target").hasSize(1);
			return jars.get(0);
		}
	}

	private static int freePort() throws IOException {
		try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			return socket.getLocalPort();
		}
	}

	/** Asks until the answer is as it should be. */
	JsonNode await(String path, Duration patience, Predicate<JsonNode> condition)
			throws IOException, InterruptedException {
		long deadline = System.nanoTime() + patience.toNanos();
		JsonNode last = null;
		while (System.nanoTime() < deadline) {
			try {
				HttpResponse<String> response = this.client.send(request(path).GET().build(), BodyHandlers.ofString());
				last = JSON.readTree(response.body());
				if (response.statusCode() == 200 && condition.test(last)) {
					return last;
				}
			}
			catch (IOException ex) {
				// not listening yet
			}
			if (this.process.waitFor(100, TimeUnit.MILLISECONDS)) {
				throw new AssertionError("the service has ended: " + log());
			}
		}
		throw new AssertionError(path + " is still " + last + ": " + log());
	}

	JsonNode get(String path) throws IOException, InterruptedException {
		return send(request(path).GET(), 200);
	}

	JsonNode post(String path, String body, int status) throws IOException, InterruptedException {
		return send(request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)),
				status);
	}

	/** Reads a stream of events until the service ends it. */
	CompletableFuture<HttpResponse<String>> watch(String path) {
		return this.client.sendAsync(request(path).GET().build(), BodyHandlers.ofString());
	}

	/** Kills the process as {@code kill -9} does. */
	void kill() {
		assertThat(this.process.toHandle().destroyForcibly()).as("the process is killed").isTrue();
		this.process.onExit().orTimeout(30, TimeUnit.SECONDS).join();
	}

	/** Asks the process to end; whether it does within half a minute. */
	boolean terminate() throws InterruptedException {
		this.process.destroy();
		return this.process.waitFor(30, TimeUnit.SECONDS);
	}

	@Override
	public void close() {
		if (this.process.isAlive()) {
			kill();
		}
		try {
			Files.deleteIfExists(this.log);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private JsonNode send(HttpRequest.Builder request, int status) throws IOException, InterruptedException {
		HttpResponse<String> response = this.client.send(request.build(), BodyHandlers.ofString());
		assertThat(response.statusCode()).as(() -> response.body() + log()).isEqualTo(status);
		return JSON.readTree(response.body());
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + this.port + path))
			.timeout(Duration.ofSeconds(60));
	}

	private String log() {
		try {
			return "\n" + Files.readString(this.log);
		}
		catch (IOException ex) {
			return "(no log)";
		}
	}

}
