package io.unfold.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.unfold.data.DataFormat;
import io.unfold.data.DataRecord;
import io.unfold.data.DataSource;
import io.unfold.paging.Page;
import io.unfold.problem.ConflictException;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.NotFoundException;
import io.unfold.problem.Violation;
import io.unfold.storage.DataFolder;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The stored datasets, the bundled ones among them. */
@Component
public class Datasets {

	/** Bytes that are looked at to guess a format. */
	private static final int HEAD = 8192;

	private final DatasetFolder folder;

	private final BundledDatasets bundled;

	private final JsonMapper mapper;

	private final InstantSource time;

	private final List<DatasetGuard> guards;

	/** Few files are read at once: a long record takes much memory. */
	private final Semaphore reading = new Semaphore(2);

	/** Held while a name is looked up and taken. */
	private final ReentrantLock naming = new ReentrantLock();

	@Autowired
	Datasets(DataFolder data, BundledDatasets bundled, JsonMapper mapper, ObjectProvider<InstantSource> time,
			ObjectProvider<DatasetGuard> guards) {
		this(data.resolve("datasets"), bundled, mapper, time.getIfAvailable(InstantSource::system),
				guards.orderedStream().toList());
	}

	Datasets(Path root, BundledDatasets bundled, JsonMapper mapper, InstantSource time, List<DatasetGuard> guards) {
		this.folder = new DatasetFolder(root, mapper);
		this.bundled = bundled;
		this.mapper = mapper;
		this.time = time;
		this.guards = guards;
	}

	/**
	 * The dataset of that id or name.
	 * @throws NotFoundException when there is none
	 */
	public Dataset get(String idOrName) {
		return stored(idOrName).dataset();
	}

	/** The records of a dataset. */
	public DataSource source(Dataset dataset) {
		if (dataset.bundled()) {
			return this.bundled.source(dataset.id());
		}
		return DataSource.of(DataFormat.of(dataset.format()), () -> {
			Path content = this.folder.content(dataset.id());
			if (!Files.exists(content)) {
				throw new NotFoundException("the dataset '" + dataset.name() + "' (" + dataset.id() + ") was deleted");
			}
			return Files.newInputStream(content);
		});
	}

	/** The datasets by name, page by page. */
	public Page<Dataset> list(int pageSize, @Nullable String pageToken) {
		Page.checkSize(pageSize);
		List<Dataset> sorted = all().stream()
			.map(StoredDataset::dataset)
			.sorted(Comparator.comparing(Dataset::name))
			.toList();
		return Page.of(sorted, Dataset::name, pageSize, pageToken);
	}

	/** The first records of a dataset, and how all of it was understood. */
	public DatasetPreview preview(String idOrName, int limit) {
		StoredDataset stored = stored(idOrName);
		try (Stream<DataRecord> records = source(stored.dataset()).records()) {
			String description = stored.dataset().bundled() ? this.bundled.description(stored.dataset().id()) : null;
			return new DatasetPreview(stored.dataset(), description, stored.fields(),
					records.limit(limit).map(Excerpt::of).toList());
		}
	}

	/**
	 * Stores a file.
	 * @param name null takes the file's name
	 * @param fileName name that the client gave the file, or null
	 * @param format null guesses it
	 * @throws InvalidRequestException when the content is not what its format allows,
	 * with line and column; nothing is kept then
	 * @throws ConflictException when another dataset has the name
	 */
	public Added add(@Nullable String name, @Nullable String fileName, @Nullable DataFormat format, InputStream file) {
		String valid = (name != null) ? DatasetName.check(name) : DatasetName.ofFile(fileName);
		return add(valid, format, fileName, DatasetFolder.Writer.of(file));
	}

	/**
	 * Stores examples as JSONL.
	 * @throws InvalidRequestException with pointers to {@code /examples/...}
	 * @throws ConflictException when another dataset has the name
	 */
	public Added add(String name, List<JsonNode> examples) {
		DatasetName.check(name);
		if (examples.isEmpty()) {
			throw new InvalidRequestException("/examples", "must hold at least one example");
		}
		for (int i = 0; i < examples.size(); i++) {
			if (!examples.get(i).isObject()) {
				throw new InvalidRequestException("/examples/" + i, "must be an object with the example's fields");
			}
		}
		try {
			return add(name, DataFormat.JSONL, null, (out) -> {
				for (JsonNode example : examples) {
					out.write(this.mapper.writeValueAsString(example).getBytes(StandardCharsets.UTF_8));
					out.write('\n');
				}
			});
		}
		catch (InvalidRequestException ex) {
			throw new InvalidRequestException(ex.violations().stream().map(Datasets::inExamples).toList());
		}
	}

	/** A fault in a line of the JSONL, seen from the request. */
	private static Violation inExamples(Violation fault) {
		return (fault.line() != null) ? Violation.of("/examples/" + (fault.line() - 1), fault.detail()) : fault;
	}

	private Added add(String name, @Nullable DataFormat given, @Nullable String fileName,
			DatasetFolder.Writer content) {
		DatasetFolder.Draft draft = this.folder.draft(content);
		try {
			DataFormat format = (given != null) ? given : DataFormat.guess(fileName, head(draft.content()));
			Understanding understood = understand(format, draft.content());
			Dataset dataset = new Dataset(DatasetId.of(name, format, draft.sha256()), name, format.id(),
					understood.records(), Files.size(draft.content()), draft.sha256(), this.time.instant(),
					understood.fields().stream().map(FieldSummary::field).toList(), false);
			return publish(draft, new StoredDataset(StoredDataset.FORMAT_VERSION, dataset, understood.fields()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			this.folder.discard(draft);
		}
	}

	private Understanding understand(DataFormat format, Path content) {
		this.reading.acquireUninterruptibly();
		try {
			return Understanding.of(DataSource.of(format, content));
		}
		finally {
			this.reading.release();
		}
	}

	private Added publish(DatasetFolder.Draft draft, StoredDataset stored) {
		Dataset dataset = stored.dataset();
		this.naming.lock();
		try {
			Optional<Dataset> same = byName(dataset.name()).map(StoredDataset::dataset);
			if (same.isPresent()) {
				return new Added(unchanged(same.get(), dataset), false);
			}
			this.folder.publish(draft, stored);
			return new Added(dataset, true);
		}
		finally {
			this.naming.unlock();
		}
	}

	private static Dataset unchanged(Dataset stored, Dataset given) {
		if (!stored.sha256().equals(given.sha256())) {
			throw new ConflictException("another dataset is named '" + given.name() + "', and a dataset never changes: "
					+ "choose another name" + (stored.bundled() ? "" : ", or delete that one first"));
		}
		if (!stored.format().equals(given.format())) {
			throw new ConflictException("the same bytes are stored as '" + given.name() + "' in the format "
					+ stored.format() + ": choose another name for them as " + given.format());
		}
		return stored;
	}

	/**
	 * Deletes a dataset.
	 * @throws NotFoundException when there is none
	 * @throws ConflictException when it is bundled or in use
	 */
	public void delete(String idOrName) {
		Dataset dataset = get(idOrName);
		if (dataset.bundled()) {
			throw new ConflictException("'" + dataset.name() + "' comes with the service and cannot be deleted");
		}
		this.guards.forEach((guard) -> guard.checkUnused(dataset));
		this.folder.remove(dataset.id());
	}

	private StoredDataset stored(String idOrName) {
		return this.folder.find(idOrName)
			.or(() -> byName(idOrName))
			.or(() -> this.bundled.find(idOrName))
			.orElseThrow(() -> new NotFoundException("no dataset has the id or the name '" + idOrName + "'"));
	}

	private Optional<StoredDataset> byName(String name) {
		return all().stream().filter((stored) -> stored.dataset().name().equals(name)).findFirst();
	}

	/** A stored dataset hides a bundled one of the same name. */
	private List<StoredDataset> all() {
		List<StoredDataset> all = new ArrayList<>(this.folder.all());
		Set<String> names = all.stream().map((stored) -> stored.dataset().name()).collect(Collectors.toSet());
		this.bundled.all().stream().filter((stored) -> !names.contains(stored.dataset().name())).forEach(all::add);
		return all;
	}

	private static byte[] head(Path file) throws IOException {
		try (InputStream in = Files.newInputStream(file)) {
			return in.readNBytes(HEAD);
		}
	}

	@PreDestroy
	void close() {
		this.folder.close();
	}

	/**
	 * @param created false when the same bytes had the name already
	 */
	public record Added(Dataset dataset, boolean created) {
	}

}
