package io.unfold.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Trains in a process whose heap is smaller than the file that it trains on, and whose
 * examples would take many times more, and in one where all of them fit.
 */
class LargerThanHeapTest {

	private static final int SMALL = 48;

	private static final int LARGE = 1536;

	private static final long FILE = 64L << 20;

	@TempDir
	Path folder;

	@ParameterizedTest
	@ValueSource(strings = { "numbers", "pairs", "texts", "text", "captions", "series", "shops" })
	void trainsAllTheSame(String kind) throws IOException, InterruptedException {
		Path file = this.folder.resolve(kind + ".jsonl");
		LargerThanHeap.write(kind, file, FILE);
		String small = run(kind, file, SMALL);
		assertThat(small).containsPattern("heap \\d+ MB, hash -?\\d+");
		assertThat(Integer.parseInt(small.replaceAll("(?s).*heap (\\d+) MB.*", "$1"))).isLessThan((int) (FILE >> 20));
		assertThat(hash(run(kind, file, LARGE))).isEqualTo(hash(small));
		try (Stream<Path> left = Files.list(this.folder.resolve("scratch"))) {
			assertThat(left).isEmpty();
		}
	}

	private static String hash(String output) {
		return output.substring(output.indexOf("hash"));
	}

	private static String run(String kind, Path file, int heap) throws IOException, InterruptedException {
		Path output = file.resolveSibling(kind + heap);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heap + "m"));
		ProcessHandle.current()
			.info()
			.arguments()
			.ifPresent((arguments) -> Stream.of(arguments)
				.filter((argument) -> argument.startsWith("--enable-native-access"))
				.forEach(command::add));
		command.addAll(List.of("-cp", System.getProperty("java.class.path"), LargerThanHeap.class.getName(), kind,
				file.toString()));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor()).as(() -> read(output)).isZero();
		}
		finally {
			process.destroyForcibly();
		}
		return read(output).strip();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

}
