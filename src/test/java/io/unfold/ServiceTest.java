package io.unfold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.util.FileSystemUtils;

/** A test of the whole service over HTTP on loopback. All such tests share one. */
@SpringBootTest(classes = Unfold.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
abstract class ServiceTest {

	private static final Path DATA = temporary();

	@LocalServerPort
	int port;

	@DynamicPropertySource
	static void data(DynamicPropertyRegistry registry) {
		registry.add("unfold.data", DATA::toString);
	}

	private static Path temporary() {
		try {
			Path path = Files.createTempDirectory("unfold-service");
			Runtime.getRuntime().addShutdownHook(new Thread(() -> FileSystemUtils.deleteRecursively(path.toFile())));
			return path;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
