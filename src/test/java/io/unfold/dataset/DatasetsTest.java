package io.unfold.dataset;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.unfold.data.BundledExamples;
import io.unfold.data.CsvDialect;
import io.unfold.data.DataFormat;
import io.unfold.data.DataRecord;
import io.unfold.data.Encoding;
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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DatasetsTest {

	private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

	private static final String CSV = "month,sales\n1,112\n2,118\n3,\n";

	private final JsonMapper mapper = StrictJson.mapper();

	@TempDir
	Path root;

	private Datasets datasets;

	@BeforeEach
	void open() {
		this.datasets = datasets(List.of());
	}

	@AfterEach
	void close() {
		this.datasets.close();
	}

	@Test
	void storesAFileAndSaysWhatItHolds() {
		Dataset dataset = add("sales", CSV).dataset();
		assertThat(dataset.name()).isEqualTo("sales");
		assertThat(dataset.format()).isEqualTo("csv");
		assertThat(dataset.examples()).isEqualTo(3);
		assertThat(dataset.sizeBytes()).isEqualTo(CSV.length());
		assertThat(dataset.sha256()).isEqualTo(DatasetId.hash(CSV.getBytes(StandardCharsets.UTF_8)));
		assertThat(dataset.createdAt()).isEqualTo(NOW);
		assertThat(dataset.fields()).containsExactly(new Dataset.Field("month", "number"),
				new Dataset.Field("sales", "number"));
		assertThat(dataset.bundled()).isFalse();
		assertThat(this.datasets.get("sales")).isEqualTo(dataset);
		assertThat(this.datasets.get(dataset.id())).isEqualTo(dataset);
	}

	@Test
	void readsTheRecordsAnyNumberOfTimes() {
		Dataset dataset = add("sales", CSV).dataset();
		for (int i = 0; i < 2; i++) {
			assertThat(values(dataset, "sales")).containsExactly("112", "118", "null");
		}
	}

	@Test
	void isThereAfterARestart() {
		Dataset dataset = add("sales", CSV).dataset();
		close();
		open();
		assertThat(this.datasets.get("sales")).isEqualTo(dataset);
		assertThat(values(dataset, "sales")).hasSize(3);
	}

	@Test
	void isTheSameDatasetForTheSameBytesUnderTheSameName() {
		Datasets.Added first = add("sales", CSV);
		Datasets.Added second = add("sales", CSV);
		assertThat(first.created()).isTrue();
		assertThat(second.created()).isFalse();
		assertThat(second.dataset()).isEqualTo(first.dataset());
		assertThat(stored()).hasSize(1);
	}

	@Test
	void refusesOtherBytesUnderTheSameName() {
		add("sales", CSV);
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> add("sales", CSV + "4,5\n"))
			.withMessageContaining("choose another name");
		assertThatExceptionOfType(ConflictException.class)
			.isThrownBy(() -> this.datasets
				.add(new Upload("sales", null, DataFormat.TEXT, Encoding.UTF_8, CsvDialect.Given.NOTHING), stream(CSV)))
			.withMessageContaining("csv");
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> add("gestures", CSV));
		assertThat(stored()).hasSize(1);
	}

	@Test
	void hasOneDatasetWhenManyUploadTheSameAtOnce() throws Exception {
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			Callable<Datasets.Added> upload = () -> add("sales", CSV);
			List<Future<Datasets.Added>> answers = threads
				.invokeAll(IntStream.range(0, 16).mapToObj((i) -> upload).toList());
			int created = 0;
			for (Future<Datasets.Added> answer : answers) {
				created += answer.get().created() ? 1 : 0;
			}
			assertThat(created).isEqualTo(1);
			assertThat(stored()).hasSize(1);
		}
		finally {
			threads.shutdownNow();
		}
	}

	@Test
	void keepsNothingOfAFileThatCannotBeRead() throws IOException {
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(
					() -> this.datasets.add(new Upload(null, "bad.csv", null, Encoding.UTF_8, CsvDialect.Given.NOTHING),
							stream("a,b\n1,2\n3\n")))
			.satisfies((fault) -> assertThat(fault.violations().get(0).line()).isEqualTo(3L));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> add("bad", ""));
		assertThat(stored()).isEmpty();
		try (Stream<Path> files = Files.walk(this.root.resolve(".staging"))) {
			assertThat(files.filter((file) -> file.endsWith(DatasetFolder.CONTENT))).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", ".", "..", "../x", "a/b", "a b", ".hidden", "-x", "caf\u00e9",
			"ds-0123456789abcdef", "a\u0000b" })
	void refusesANameThatIsNone(String name) {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> add(name, CSV))
			.satisfies((fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/name"));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> add("x".repeat(101), CSV));
	}

	@ParameterizedTest
	@CsvSource({ "sales.csv, sales", "C:\\data\\my sales (1).csv, my-sales-1", "../../etc/passwd, passwd",
			"airline-passengers.csv, airline-passengers", "archive.2024.jsonl, archive.2024", ".csv, csv" })
	void takesTheNameOfTheFileWhereNoneIsGiven(String fileName, String name) {
		assertThat(this.datasets
			.add(new Upload(null, fileName, DataFormat.TEXT, Encoding.UTF_8, CsvDialect.Given.NOTHING), stream(CSV))
			.dataset()
			.name()).isEqualTo(name);
	}

	@Test
	void refusesAFileThatSuggestsNoName() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.datasets
			.add(new Upload(null, "\u00fc\u00f6", null, Encoding.UTF_8, CsvDialect.Given.NOTHING), stream(CSV)));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.datasets
			.add(new Upload(null, null, null, Encoding.UTF_8, CsvDialect.Given.NOTHING), stream(CSV)));
	}

	@Test
	void storesExamplesAsJsonLines() {
		List<JsonNode> examples = List.of(example("{\"sequence\": [0.1, 1e300], \"label\": \"\u00fcp\"}"),
				example("{\"label\": \"down\", \"sequence\": [[1, 2]]}"));
		Dataset dataset = this.datasets.add("moves", examples).dataset();
		assertThat(dataset.format()).isEqualTo("jsonl");
		assertThat(dataset.fields()).containsExactly(new Dataset.Field("sequence", "array"),
				new Dataset.Field("label", "string"));
		try (Stream<DataRecord> records = this.datasets.source(dataset).records()) {
			assertThat(records.<JsonNode>map(DataRecord::fields).toList()).isEqualTo(examples);
		}
		assertThat(this.datasets.add("moves", examples).created()).isFalse();
	}

	@Test
	void pointsToTheExampleThatCannotBeRead() {
		String deep = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
		assertThatExceptionOfType(InvalidRequestException.class)
			.isThrownBy(() -> this.datasets.add("deep", List.of(example("{\"a\":1}"), example(deep))))
			.satisfies((fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/examples/1"));
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.datasets.add("none", List.of()))
			.satisfies((fault) -> assertThat(fault.violations().get(0).pointer()).isEqualTo("/examples"));
	}

	@Test
	void listsTheBundledExamplesBesideItsOwn() {
		add("a-first", CSV);
		add("z-last", CSV);
		assertThat(this.datasets.list(50, null).items()).extracting(Dataset::name)
			.containsExactlyElementsOf(sorted("a-first", "z-last"));
		for (BundledExamples example : BundledExamples.values()) {
			Dataset dataset = this.datasets.get(example.id());
			assertThat(dataset.bundled()).isTrue();
			assertThat(this.datasets.get(dataset.id())).isEqualTo(dataset);
			try (Stream<DataRecord> records = this.datasets.source(dataset).records()) {
				assertThat(records.count()).isEqualTo(dataset.examples());
			}
		}
	}

	/** Names of bundled datasets and others. */
	private static List<String> sorted(String... others) {
		return Stream.concat(Stream.of(BundledExamples.values()).map(BundledExamples::id), Stream.of(others))
			.sorted()
			.toList();
	}

	@Test
	void listsPageByPage() {
		List.of("a", "b", "c", "d").forEach((name) -> add(name, CSV));
		List<String> all = sorted("a", "b", "c", "d");
		Page<Dataset> first = this.datasets.list(3, null);
		assertThat(first.items()).extracting(Dataset::name).containsExactlyElementsOf(all.subList(0, 3));
		this.datasets.delete("b");
		Page<Dataset> second = this.datasets.list(all.size() - 3, first.nextPageToken());
		assertThat(second.items()).extracting(Dataset::name).containsExactlyElementsOf(all.subList(3, all.size()));
		assertThat(second.nextPageToken()).isNull();
	}

	@Test
	void showsHowADatasetWasUnderstood() {
		add("sales", "month,sales,note\n1,112,few\n2,,7\n3,-1.5,\n");
		DatasetPreview preview = this.datasets.preview("sales", 2);
		assertThat(preview.fields()).containsExactly(
				new FieldSummary("month", "number", 3, 0, 1.0, 3.0, null, null, null),
				new FieldSummary("sales", "number", 2, 1, -1.5, 112.0, null, null, null),
				new FieldSummary("note", "mixed", 2, 1, 7.0, 7.0, 3L, 3L, 3.0));
		assertThat(preview.records()).extracting(DatasetPreview.Sample::line).containsExactly(2L, 3L);
		assertThat(this.datasets.preview("gestures", 1).description()).isNotBlank();
	}

	@Test
	void aLongTextIsOneRecord() {
		String text = "the quick brown fox\n".repeat(20_000);
		this.datasets.add(new Upload("fox", null, DataFormat.TEXT, Encoding.UTF_8, CsvDialect.Given.NOTHING),
				stream(text));
		DatasetPreview preview = this.datasets.preview("fox", 5);
		assertThat(preview.dataset().examples()).isEqualTo(1);
		assertThat(preview.records()).singleElement().satisfies((sample) -> {
			assertThat(sample.cut()).isTrue();
			assertThat(sample.line()).isEqualTo(1);
		});
		long length = text.length();
		assertThat(preview.fields())
			.containsExactly(new FieldSummary("text", "string", 1, 0, null, null, length, length, (double) length));
	}

	@Test
	void cutsWhatIsTooLongToLookAt() {
		String text = "\uD83D\uDE00".repeat(600);
		this.datasets.add("long", List.of(example("{\"text\":\"" + text + "\",\"s\":[" + "1,".repeat(99) + "1]}")));
		DatasetPreview.Sample sample = this.datasets.preview("long", 1).records().get(0);
		assertThat(sample.cut()).isTrue();
		assertThat(sample.fields().get("text").stringValue()).isEqualTo("\uD83D\uDE00".repeat(500) + "\u2026");
		assertThat(sample.fields().get("s")).hasSize(50);
	}

	@Test
	void deletesADatasetUnlessItIsBundledOrInUse() {
		Dataset dataset = add("sales", CSV).dataset();
		Datasets guarded = datasets(List.of((used) -> {
			throw new ConflictException("'" + used.name() + "' is in use by a job");
		}));
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> guarded.delete("sales"));
		guarded.close();
		assertThatExceptionOfType(ConflictException.class).isThrownBy(() -> this.datasets.delete("gestures"));
		this.datasets.delete(dataset.id());
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.datasets.get("sales"));
		assertThatExceptionOfType(NotFoundException.class)
			.isThrownBy(() -> this.datasets.source(dataset).records().close());
		assertThat(add("sales", CSV + "4,5\n").created()).isTrue();
	}

	@Test
	void seesWhatAnotherProcessStoresAndDeletes() {
		Datasets other = datasets(List.of());
		other.add(new Upload("shared", null, null, Encoding.UTF_8, CsvDialect.Given.NOTHING), stream(CSV));
		assertThat(this.datasets.get("shared").examples()).isEqualTo(3);
		other.delete("shared");
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.datasets.get("shared"));
		other.close();
	}

	@Test
	void leavesOutWhatIsDamagedAndKeepsTheRest() throws IOException {
		Dataset whole = add("whole", CSV).dataset();
		Dataset cut = add("cut", CSV).dataset();
		Dataset garbled = add("garbled", CSV).dataset();
		Files.writeString(this.root.resolve(cut.id()).resolve(DatasetFolder.CONTENT), "month",
				StandardOpenOption.TRUNCATE_EXISTING);
		Files.writeString(this.root.resolve(garbled.id()).resolve(DatasetFolder.DESCRIPTION), "{\"formatV");
		Files.createDirectories(this.root.resolve("ds-0000000000000000"));
		Files.createDirectories(this.root.resolve("lost+found"));
		close();
		open();
		assertThat(stored()).containsExactly(whole);
		assertThatExceptionOfType(NotFoundException.class).isThrownBy(() -> this.datasets.get("cut"));
	}

	@Test
	void leavesNothingOfAnUploadThatWasKilled() throws IOException {
		close();
		Path half = this.root.resolve(".staging/killed/half");
		Files.createDirectories(half);
		Files.writeString(half.resolve(DatasetFolder.CONTENT), "month,sa");
		open();
		assertThat(half).doesNotExist();
		assertThat(stored()).isEmpty();
	}

	private Datasets datasets(List<DatasetGuard> guards) {
		return new Datasets(this.root, new DatasetProperties(DataSize.ofMegabytes(1)), new BundledDatasets(),
				this.mapper, InstantSource.fixed(NOW), guards);
	}

	private Datasets.Added add(String name, String content) {
		return this.datasets.add(new Upload(name, null, null, Encoding.UTF_8, CsvDialect.Given.NOTHING),
				stream(content));
	}

	private static ByteArrayInputStream stream(String content) {
		return new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8));
	}

	private JsonNode example(String json) {
		return this.mapper.readTree(json);
	}

	private List<Dataset> stored() {
		return this.datasets.list(1000, null).items().stream().filter((dataset) -> !dataset.bundled()).toList();
	}

	private List<String> values(Dataset dataset, String field) {
		try (Stream<DataRecord> records = this.datasets.source(dataset).records()) {
			return records.map((record) -> String.valueOf(record.fields().get(field))).toList();
		}
	}

}
