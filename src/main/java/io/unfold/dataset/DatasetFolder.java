package io.unfold.dataset;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.unfold.storage.AtomicFolder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of the stored datasets: a directory for each, named by its id, with
 * {@code dataset.json} and {@code content}. The disk is the truth: several processes may
 * share it.
 */
class DatasetFolder implements AutoCloseable {

	static final String DESCRIPTION = "dataset.json";

	static final String CONTENT = "content";

	private static final Logger log = LoggerFactory.getLogger(DatasetFolder.class);

	private final AtomicFolder folder;

	private final JsonMapper mapper;

	private final Map<String, StoredDataset> known = new ConcurrentHashMap<>();

	private final Set<String> damaged = ConcurrentHashMap.newKeySet();

	DatasetFolder(Path root, JsonMapper mapper) {
		this.folder = AtomicFolder.open(root);
		this.mapper = mapper;
	}

	/** The datasets that are whole. */
	List<StoredDataset> all() {
		try {
			List<StoredDataset> all = new ArrayList<>();
			Set<String> ids = new HashSet<>();
			for (Path directory : this.folder.directories()) {
				String id = directory.getFileName().toString();
				ids.add(id);
				find(id).ifPresent(all::add);
			}
			this.known.keySet().retainAll(ids);
			return all;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Optional<StoredDataset> find(String id) {
		if (!DatasetId.isId(id) || !Files.isDirectory(directory(id))) {
			return Optional.empty();
		}
		StoredDataset dataset = this.known.get(id);
		if (dataset == null) {
			dataset = load(id);
			if (dataset != null) {
				this.known.put(id, dataset);
			}
		}
		return Optional.ofNullable(dataset);
	}

	private @Nullable StoredDataset load(String id) {
		Path directory = directory(id);
		try {
			StoredDataset stored = this.mapper.readValue(Files.readAllBytes(directory.resolve(DESCRIPTION)),
					StoredDataset.class);
			if (stored.formatVersion() != StoredDataset.FORMAT_VERSION || !stored.dataset().id().equals(id)) {
				throw new IOException("its description is of another dataset or another version of the service");
			}
			if (Files.size(directory.resolve(CONTENT)) != stored.dataset().sizeBytes()) {
				throw new IOException("its content is not " + stored.dataset().sizeBytes() + " bytes long");
			}
			stored.format();
			return stored;
		}
		catch (NoSuchFileException ex) {
			if (!Files.isDirectory(directory)) {
				// deleted meanwhile
				return null;
			}
			warn(directory, ex);
		}
		catch (IOException | JacksonException | IllegalArgumentException ex) {
			warn(directory, ex);
		}
		return null;
	}

	private void warn(Path directory, Exception fault) {
		if (this.damaged.add(directory.toString())) {
			log.warn("{} is left out: it is not a whole dataset", directory, fault);
		}
	}

	Path content(String id) {
		return directory(id).resolve(CONTENT);
	}

	private Path directory(String id) {
		return this.folder.root().resolve(id);
	}

	/** Writes content aside. */
	Draft draft(Writer writer) {
		Path staged;
		try {
			staged = this.folder.stage();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		Path content = staged.resolve(CONTENT);
		MessageDigest digest = DatasetId.sha256();
		try (OutputStream file = new DigestOutputStream(Files.newOutputStream(content), digest);
				OutputStream out = new BufferedOutputStream(file, 1 << 16)) {
			writer.write(out);
		}
		catch (IOException ex) {
			this.folder.discard(staged);
			throw new UncheckedIOException(ex);
		}
		catch (RuntimeException | Error ex) {
			this.folder.discard(staged);
			throw ex;
		}
		return new Draft(staged, content, HexFormat.of().formatHex(digest.digest()));
	}

	void publish(Draft draft, StoredDataset dataset) {
		try {
			Files.write(draft.directory().resolve(DESCRIPTION),
					this.mapper.writerWithDefaultPrettyPrinter().writeValueAsBytes(dataset));
			this.folder.publish(draft.directory(), directory(dataset.dataset().id()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	void discard(Draft draft) {
		if (Files.exists(draft.directory())) {
			this.folder.discard(draft.directory());
		}
	}

	void remove(String id) {
		try {
			this.folder.remove(directory(id));
			this.known.remove(id);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.folder.close();
	}

	/** What writes content. */
	@FunctionalInterface
	interface Writer {

		void write(OutputStream out) throws IOException;

		static Writer of(InputStream in) {
			return in::transferTo;
		}

	}

	/**
	 * Content that is written and not yet a dataset.
	 *
	 * @param directory where it is
	 * @param content its file
	 * @param sha256 hash of the content, lower-case hexadecimal
	 */
	record Draft(Path directory, Path content, String sha256) {
	}

}
