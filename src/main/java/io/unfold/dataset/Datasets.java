package io.unfold.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

	private final DatasetFolder folder;

	private final BundledDatasets bundled;

	private final Intake intake;

	private final Path scratch;

	private final List<DatasetGuard> guards;

	/** Held while a name is looked up and taken. */
	private final ReentrantLock naming = new ReentrantLock();

	@Autowired
	Datasets(DataFolder data, DatasetProperties properties, BundledDatasets bundled, JsonMapper mapper,
			ObjectProvider<InstantSource> time, ObjectProvider<DatasetGuard> guards) {
		this(data.resolve("datasets"), properties, bundled, mapper, time.getIfAvailable(InstantSource::system),
				guards.orderedStream().toList());
	}

	Datasets(Path root, DatasetProperties properties, BundledDatasets bundled, JsonMapper mapper, InstantSource time,
			List<DatasetGuard> guards) {
		this.folder = new DatasetFolder(root, mapper);
		this.scratch = root.resolveSibling("scratch");
		this.bundled = bundled;
		this.intake = new Intake(this.folder, mapper, time, properties.maxSize().toBytes());
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
		return this.folder.find(dataset.id())
			.map((stored) -> new StoredSource(stored.howRead().source(stored.format(), () -> open(dataset)),
					this.scratch))
			.orElseThrow(() -> deleted(dataset));
	}

	private InputStream open(Dataset dataset) throws IOException {
		Path content = this.folder.content(dataset.id());
		if (!Files.exists(content)) {
			throw deleted(dataset);
		}
		return Files.newInputStream(content);
	}

	private static NotFoundException deleted(Dataset dataset) {
		return new NotFoundException("the dataset '" + dataset.name() + "' (" + dataset.id() + ") was deleted");
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
			return DatasetPreview.of(stored, description, excerpts(records, limit));
		}
	}

	/**
	 * Stores a file.
	 * @throws InvalidRequestException when the content is not what its format allows,
	 * with line and column; nothing is kept then
	 * @throws ConflictException when another dataset has the name
	 */
	public Added add(Upload upload, InputStream file) {
		return publish(this.intake.file(upload, file));
	}

	/**
	 * Stores two files of parallel text: as many lines, each a translation of the other.
	 * @throws InvalidRequestException as {@link #add}, with pointers {@code /source} or
	 * {@code /target}
	 */
	public Added addParallel(Upload upload, InputStream source, InputStream target) {
		return publish(this.intake.parallel(upload, source, target));
	}

	/** How a file would be understood; nothing is kept. */
	public DatasetPreview preview(Upload upload, InputStream file, int limit) {
		return preview(this.intake.file(upload, file), limit);
	}

	/** The same of two files of parallel text. */
	public DatasetPreview previewParallel(Upload upload, InputStream source, InputStream target, int limit) {
		return preview(this.intake.parallel(upload, source, target), limit);
	}

	private DatasetPreview preview(Intake.Taken taken, int limit) {
		StoredDataset stored = taken.stored();
		try (Stream<DataRecord> records = stored.howRead()
			.source(stored.format(), () -> Files.newInputStream(taken.draft().content()))
			.records()) {
			return DatasetPreview.of(stored, null, excerpts(records, limit));
		}
		finally {
			this.folder.discard(taken.draft());
		}
	}

	/** Of a whole text, its first piece. */
	private static List<DatasetPreview.Sample> excerpts(Stream<DataRecord> records, int limit) {
		return records.limit(limit).filter((record) -> !record.continued()).map(Excerpt::of).toList();
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
			return publish(this.intake.examples(name, examples));
		}
		catch (InvalidRequestException ex) {
			throw new InvalidRequestException(ex.violations().stream().map(Datasets::inExamples).toList());
		}
	}

	/** A fault in a line of the JSONL, seen from the request. */
	private static Violation inExamples(Violation fault) {
		return (fault.line() != null) ? Violation.of("/examples/" + (fault.line() - 1), fault.detail()) : fault;
	}

	private Added publish(Intake.Taken taken) {
		Dataset dataset = taken.stored().dataset();
		this.naming.lock();
		try {
			Optional<StoredDataset> same = byName(dataset.name());
			if (same.isPresent()) {
				return new Added(unchanged(same.get(), taken.stored()), false);
			}
			this.folder.publish(taken.draft(), taken.stored());
			return new Added(dataset, true);
		}
		finally {
			this.naming.unlock();
			this.folder.discard(taken.draft());
		}
	}

	private static Dataset unchanged(StoredDataset before, StoredDataset now) {
		Dataset stored = before.dataset();
		Dataset given = now.dataset();
		if (!stored.sha256().equals(given.sha256())) {
			throw new ConflictException("another dataset is named '" + given.name() + "', and a dataset never changes: "
					+ "choose another name" + (stored.bundled() ? "" : ", or delete that one first"));
		}
		if (!stored.format().equals(given.format())) {
			throw new ConflictException("the same bytes are stored as '" + given.name() + "' in the format "
					+ stored.format() + ": choose another name for them as " + given.format());
		}
		if (!Objects.equals(before.howRead().dialect(), now.howRead().dialect())) {
			throw new ConflictException("the same bytes are stored as '" + given.name()
					+ "' and read with another delimiter, quote, header or decimal: choose another name");
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
