package io.unfold.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import io.unfold.paging.Page;
import io.unfold.problem.ConflictException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.NotFoundException;
import io.unfold.problem.web.StrictJson;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ModelsTest {

	private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

	private final JsonMapper mapper = StrictJson.mapper();

	@TempDir
	Path root;

	private Models models;

	@BeforeEach
	void open() {
		this.models = models();
	}

	@AfterEach
	void close() {
		this.models.close();
	}

	@Test
	void givesBackWhatWasPublished() {
		ModelDraft draft = draft("job-1", 100_000);
		this.models.publish("m", draft);
		close();
		open();
		ModelVersion version = this.models.resolve("m");
		assertThat(version.name()).isEqualTo("m");
		assertThat(version.version()).isEqualTo(1);
		assertThat(version.createdAt()).isEqualTo(NOW);
		assertThat(version.task()).isEqualTo(draft.task());
		assertThat(version.network()).isEqualTo(draft.network());
		assertThat(version.training()).isEqualTo(draft.training());
		assertThat(version.evaluation()).isEqualTo(draft.evaluation());
		assertThat(version.provenance()).isEqualTo(draft.provenance());
		assertThat(version.fitted()).isEqualTo(draft.fitted());
		Tensors parameters = version.parameters();
		assertThat(parameters.byName().keySet()).containsExactly("w", "b", "empty");
		draft.parameters().byName().forEach((name, tensor) -> {
			assertThat(parameters.get(name).shape()).isEqualTo(tensor.shape());
			assertThat(parameters.get(name).values()).isEqualTo(tensor.values());
		});
	}

	@Test
	void writesPlainFilesWhoseHashesTheFolderLists() throws IOException {
		this.models.publish("m", draft("job-1", 3));
		Path directory = this.root.resolve("m/1");
		assertThat(directory.resolve("parameters.bin")).hasSize(4 * (3 + 2));
		for (String line : Files.readAllLines(directory.resolve("SHA256SUMS"))) {
			assertThat(Hashes.of(Files.readAllBytes(directory.resolve(line.substring(66)))))
				.isEqualTo(line.substring(0, 64));
		}
		assertThat(Files.readAllLines(directory.resolve("SHA256SUMS"))).hasSize(3);
	}

	@Test
	void numbersVersionsAndRefersToThem() {
		publish("m", 3);
		this.models.setAlias("m", "production", 2);
		assertThat(this.models.resolve("m").version()).isEqualTo(3);
		assertThat(this.models.resolve("m:1").version()).isEqualTo(1);
		assertThat(this.models.resolve("m@production").version()).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "m:4", "m:0", "m:-1", "m:x", "m:", "m@x", "m@", "", ":1", "@a", "..", "../m", "m/1",
			".staging", "m:99999999999", "m\u0000", "m:1@production" })
	void findsNothingForAReferenceToNothing(String ref) {
		publish("m", 3);
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.models.resolve(ref));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "..", "a/b", "a:1", "a@b", ".a", "a b", "\u00e4" })
	void refusesANameThatIsNone(String name) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.models.checkName("/model", name))
			.satisfies((fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/model"));
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.models.publish(name, draft("job", 1)));
	}

	@Test
	void givesRacingPublishersVersionsOfTheirOwn() throws Exception {
		Models other = models();
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			List<Callable<Integer>> publishers = IntStream.range(0, 24)
				.<Callable<Integer>>mapToObj(
						(i) -> () -> ((i % 2 == 0) ? this.models : other).publish("m", draft("job-" + i, 1000))
							.version())
				.toList();
			List<Integer> versions = new ArrayList<>();
			for (Future<Integer> version : threads.invokeAll(publishers)) {
				versions.add(version.get());
			}
			assertThat(versions).containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 24).boxed().toList());
			assertThat(this.models.versions("m", 100, null).items()).hasSize(24);
		}
		finally {
			threads.shutdownNow();
			other.close();
		}
	}

	@Test
	void knowsWhatAJobPublished() {
		this.models.publish("m", draft("job-1", 1));
		this.models.publish("m", draft("job-2", 1));
		assertThat(this.models.publishedBy("m", "job-1")).get().extracting(ModelVersion::version).isEqualTo(1);
		assertThat(this.models.publishedBy("m", "job-3")).isEmpty();
		assertThat(this.models.publishedBy("x", "job-1")).isEmpty();
	}

	@Test
	void neverUsesANumberAgain() {
		publish("m", 3);
		this.models.delete("m", 3);
		assertThat(this.models.resolve("m").version()).isEqualTo(2);
		close();
		open();
		assertThat(publish("m", 1)).isEqualTo(4);
		this.models.delete("m", 1);
		assertThat(publish("m", 1)).isEqualTo(5);
		this.models.delete("m");
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.models.resolve("m"));
		assertThat(this.models.list(10, null).items()).isEmpty();
		assertThat(publish("m", 1)).isEqualTo(6);
	}

	@Test
	void keepsAVersionThatAnAliasRefersTo() {
		publish("m", 2);
		this.models.setAlias("m", "production", 1);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.models.delete("m", 1))
			.withMessageContaining("'production'");
		this.models.setAlias("m", "production", 2);
		this.models.delete("m", 1);
		assertThat(this.models.summary("m").aliases()).isEqualTo(Map.of("production", 2));
		this.models.deleteAlias("m", "production");
		assertThat(this.models.summary("m").aliases()).isEmpty();
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.models.deleteAlias("m", "production"));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.models.setAlias("m", "a", 1));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.models.delete("m", 1));
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.models.delete("x"));
	}

	@Test
	void listsModelsAndVersionsPageByPage() {
		List.of("c", "a", "b").forEach((name) -> publish(name, 1));
		publish("b", 2);
		this.models.setAlias("b", "best", 2);
		Page<ModelSummary> page = this.models.list(2, null);
		assertThat(page.items()).containsExactly(new ModelSummary("a", "classification", 1, Map.of(), NOW),
				new ModelSummary("b", "classification", 3, Map.of("best", 2), NOW));
		assertThat(this.models.list(2, page.nextPageToken()).items()).extracting(ModelSummary::name)
			.containsExactly("c");
		Page<VersionSummary> versions = this.models.versions("b", 2, null);
		assertThat(versions.items()).extracting(VersionSummary::version).containsExactly(3, 2);
		assertThat(versions.items().get(1).aliases()).containsExactly("best");
		assertThat(this.models.versions("b", 2, versions.nextPageToken()).items()).extracting(VersionSummary::version)
			.containsExactly(1);
	}

	@Test
	void describesAVersionInFull() {
		this.models.publish("m", draft("job-1", 3));
		VersionDescription description = this.models.describe("m:1");
		assertThat(description.parameterCount()).isEqualTo(5);
		assertThat(description.parameters()).contains(new VersionDescription.Parameter("w", List.of(3)),
				new VersionDescription.Parameter("b", List.of(1, 2)));
		assertThat(description.files()).extracting(ModelFile::name)
			.containsExactly("model.json", "fitted.json", "parameters.bin");
		assertThat(description.sizeBytes())
			.isEqualTo(description.files().stream().mapToLong(ModelFile::sizeBytes).sum());
	}

	@Test
	void noticesAFlippedByteOfTheParameters() throws IOException {
		publish("m", 1);
		flip(this.root.resolve("m/1/parameters.bin"), 7);
		ModelVersion version = this.models.resolve("m");
		assertThatExceptionOfType(DamagedModelException.class).isThrownBy(version::parameters)
			.withMessageContaining("version 1 of the model 'm'")
			.withMessageContaining("parameters.bin");
	}

	@Test
	void noticesAFlippedByteOfTheFittedPart() throws IOException {
		publish("m", 1);
		flip(this.root.resolve("m/1/fitted.json"), 5);
		assertThatExceptionOfType(DamagedModelException.class).isThrownBy(() -> this.models.resolve("m").fitted())
			.withMessageContaining("fitted.json");
	}

	@ParameterizedTest
	@ValueSource(strings = { "model.json", "fitted.json", "parameters.bin", "SHA256SUMS" })
	void leavesOutATruncatedVersionAndKeepsTheRest(String file) throws IOException {
		publish("m", 2);
		publish("n", 1);
		close();
		Path path = this.root.resolve("m/2").resolve(file);
		byte[] content = Files.readAllBytes(path);
		Files.write(path, Arrays.copyOf(content, content.length / 2));
		open();
		assertThat(this.models.resolve("m").version()).isEqualTo(1);
		assertThat(this.models.list(10, null).items()).extracting(ModelSummary::name).containsExactly("m", "n");
		assertThatExceptionOfType(DamagedModelException.class).isThrownBy(() -> this.models.resolve("m:2"));
		assertThat(publish("m", 1)).isEqualTo(3);
		this.models.delete("m", 2);
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.models.resolve("m:2"));
	}

	@Test
	void noticesAFlippedByteOfTheManifest() throws IOException {
		publish("m", 1);
		close();
		flip(this.root.resolve("m/1/model.json"), 40);
		open();
		assertThatExceptionOfType(DamagedModelException.class).isThrownBy(() -> this.models.resolve("m"))
			.withMessageContaining("model.json");
		assertThat(this.models.list(10, null).items()).isEmpty();
	}

	@Test
	void doesNotMindForeignFilesAndDirectories() throws IOException {
		publish("m", 1);
		Files.createDirectories(this.root.resolve("lost+found"));
		Files.createDirectories(this.root.resolve("other/1"));
		Files.createDirectories(this.root.resolve("m/backup"));
		Files.createDirectories(this.root.resolve("m/01"));
		Files.createDirectories(this.root.resolve("m/7"));
		Files.writeString(this.root.resolve("m/9"), "a file");
		Files.writeString(this.root.resolve("m/aliases.json"), "{\"production\":");
		Files.writeString(this.root.resolve("file"), "");
		close();
		open();
		assertThat(this.models.resolve("m").version()).isEqualTo(1);
		assertThat(this.models.list(10, null).items()).extracting(ModelSummary::name).containsExactly("m");
		assertThat(publish("m", 1)).isEqualTo(8);
		this.models.setAlias("m", "production", 8);
		assertThat(this.models.resolve("m@production").version()).isEqualTo(8);
	}

	@Test
	void leavesNothingOfAPublisherThatWasKilled() throws IOException {
		publish("m", 1);
		close();
		Path half = this.root.resolve(".staging/killed/half");
		Files.createDirectories(half);
		Files.write(half.resolve("parameters.bin"), new byte[10]);
		open();
		assertThat(half).doesNotExist();
		assertThat(this.models.versions("m", 10, null).items()).hasSize(1);
	}

	@Test
	void refusesALayoutThatReachesOutOfTheFile() throws IOException {
		Path file = this.root.resolve("p.bin");
		Tensors tensors = new Tensors(Map.of("w", new Tensor(new int[] { 2, 3 }, new float[6])));
		ModelFile written = ParameterFile.write(file, tensors);
		for (List<ModelManifest.Parameter> layout : List.of(List.of(new ModelManifest.Parameter("w", List.of(2, 4), 0)),
				List.of(new ModelManifest.Parameter("w", List.of(2, 2), 0)),
				List.of(new ModelManifest.Parameter("w", List.of(2, 3), 4)),
				List.of(new ModelManifest.Parameter("w", List.of(1 << 29), 0)), List.<ModelManifest.Parameter>of())) {
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> ParameterFile.read(file, layout, written));
		}
		assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> ParameterFile.read(file,
				List.of(new ModelManifest.Parameter("w", List.of(1 << 30, 1 << 30, 1 << 30), 0)), written));
	}

	private Models models() {
		return new Models(new ModelFolder(this.root, this.mapper), InstantSource.fixed(NOW));
	}

	private int publish(String name, int times) {
		int version = 0;
		for (int i = 0; i < times; i++) {
			version = this.models.publish(name, draft("job-" + i, 10)).version();
		}
		return version;
	}

	private ModelDraft draft(String job, int parameters) {
		float[] values = new float[parameters];
		Random random = new Random(7);
		for (int i = 0; i < parameters; i++) {
			values[i] = random.nextFloat() - 0.5F;
		}
		Map<String, Tensor> tensors = new LinkedHashMap<>();
		tensors.put("w", new Tensor(new int[] { parameters }, values));
		tensors.put("b", new Tensor(new int[] { 1, 2 }, new float[] { Float.MIN_VALUE, -0.0F }));
		tensors.put("empty", new Tensor(new int[] { 0, 4 }, new float[0]));
		return new ModelDraft(this.mapper.readTree("{\"type\":\"classification\"}"),
				this.mapper.readTree("{\"layers\":[{\"cell\":\"gru\",\"units\":8}]}"),
				this.mapper.readTree("{\"epochs\":3}"), this.mapper.readTree("{\"metrics\":{\"accuracy\":0.93}}"),
				this.mapper.readTree("{\"job\":\"" + job + "\"}"),
				this.mapper.readTree("{\"labels\":[\"up\",\"d\u00f6wn\"]}"), new Tensors(tensors));
	}

	private static void flip(Path file, int index) throws IOException {
		byte[] content = Files.readAllBytes(file);
		content[index] ^= 1;
		Files.write(file, content);
	}

}
