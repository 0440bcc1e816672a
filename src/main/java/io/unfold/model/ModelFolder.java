package io.unfold.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

import io.unfold.storage.AtomicFolder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The folder of the models: {@code <name>/<version>/}, {@code <name>/aliases.json}, and
 * {@code <name>/highest.json}, the highest version ever deleted, which keeps numbers from
 * being used again. The disk is the truth: several processes may share it.
 */
class ModelFolder implements AutoCloseable {

	private static final Pattern VERSION = Pattern.compile("[1-9][0-9]{0,8}");

	private static final String ALIASES = "aliases.json";

	private static final String HIGHEST = "highest.json";

	private static final Logger log = LoggerFactory.getLogger(ModelFolder.class);

	private final AtomicFolder folder;

	private final JsonMapper mapper;

	/** Versions by directory; a directory's content never changes. */
	private final Map<Path, PublishedModel> loaded = new ConcurrentHashMap<>();

	private final Set<Path> reported = ConcurrentHashMap.newKeySet();

	ModelFolder(Path root, JsonMapper mapper) {
		this.folder = AtomicFolder.open(root);
		// model.json is ours, and a later version of the service may say more in it
		this.mapper = mapper.rebuild().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
	}

	/** The names that have, or had, a version. */
	List<String> names() {
		return directories(this.folder.root()).stream()
			.map((directory) -> directory.getFileName().toString())
			.filter(ModelName::isValid)
			.sorted()
			.toList();
	}

	/** The numbers that are taken, damaged ones among them, highest first. */
	List<Integer> versions(String name) {
		return directories(directory(name)).stream()
			.map((directory) -> directory.getFileName().toString())
			.filter((version) -> VERSION.matcher(version).matches())
			.map(Integer::valueOf)
			.sorted(Comparator.reverseOrder())
			.toList();
	}

	/**
	 * A version, if there is one.
	 * @throws DamagedModelException when there is and it is not whole
	 */
	Optional<PublishedModel> find(String name, int version) {
		Path path = directory(name).resolve(Integer.toString(version));
		if (!Files.isDirectory(path)) {
			this.loaded.remove(path);
			return Optional.empty();
		}
		PublishedModel known = this.loaded.get(path);
		if (known != null) {
			return Optional.of(known);
		}
		VersionDirectory directory = new VersionDirectory(path, this.mapper);
		try {
			VersionDirectory.Loaded content = directory.load();
			PublishedModel model = new PublishedModel(name, version, content.manifest(), content.self(), directory);
			this.loaded.put(path, model);
			return Optional.of(model);
		}
		catch (IOException ex) {
			if (!Files.isDirectory(path)) {
				return Optional.empty();
			}
			if (this.reported.add(path)) {
				log.warn("{} is left out: it is not a whole model", path, ex);
			}
			String fault = (ex instanceof NoSuchFileException) ? "a file is missing" : String.valueOf(ex.getMessage());
			throw new DamagedModelException(PublishedModel.describe(name, version), fault);
		}
	}

	/** Writes a version aside and moves it to the next free number. */
	PublishedModel publish(String name, ModelDraft draft, Instant createdAt) {
		try {
			Path staged = this.folder.stage();
			try {
				VersionDirectory.Loaded content = new VersionDirectory(staged, this.mapper).write(draft, createdAt);
				while (true) {
					int version = next(name);
					Path path = directory(name).resolve(Integer.toString(version));
					try {
						this.folder.publish(staged, path);
						return new PublishedModel(name, version, content.manifest(), content.self(),
								new VersionDirectory(path, this.mapper));
					}
					catch (FileAlreadyExistsException ex) {
						log.debug("{} was taken meanwhile: trying the next number", path);
					}
				}
			}
			finally {
				if (Files.exists(staged)) {
					this.folder.discard(staged);
				}
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private int next(String name) throws IOException {
		// in this order: whoever deletes a version records it before it is gone
		int highest = versions(name).stream().findFirst().orElse(0);
		return Math.max(highest, highestDeleted(name)) + 1;
	}

	private int highestDeleted(String name) throws IOException {
		try {
			return this.mapper.readValue(Files.readAllBytes(directory(name).resolve(HIGHEST)), Highest.class).version();
		}
		catch (NoSuchFileException ex) {
			return 0;
		}
		catch (JacksonException ex) {
			throw new IOException(
					"the file " + directory(name).resolve(HIGHEST)
							+ " is damaged: write {\"version\": n} into it, where n is the highest number ever used",
					ex);
		}
	}

	/** Deletes a version for good: its number is not used again. */
	void remove(String name, int version) {
		try {
			if (version > highestDeleted(name)) {
				write(directory(name).resolve(HIGHEST), new Highest(version));
			}
			Path path = directory(name).resolve(Integer.toString(version));
			this.folder.remove(path);
			this.loaded.remove(path);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Versions by alias. */
	Map<String, Integer> aliases(String name) {
		Path file = directory(name).resolve(ALIASES);
		try {
			return this.mapper.readValue(Files.readAllBytes(file), new TypeReference<TreeMap<String, Integer>>() {
			});
		}
		catch (NoSuchFileException ex) {
			return new TreeMap<>();
		}
		catch (IOException | JacksonException ex) {
			if (this.reported.add(file)) {
				log.warn("{} cannot be read: the model has no aliases until one is set", file, ex);
			}
			return new TreeMap<>();
		}
	}

	void setAliases(String name, Map<String, Integer> aliases) {
		try {
			write(directory(name).resolve(ALIASES), aliases);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void write(Path file, Object value) throws IOException {
		this.folder.write(file, this.mapper.writeValueAsString(value).getBytes(StandardCharsets.UTF_8));
	}

	private Path directory(String name) {
		return this.folder.root().resolve(name);
	}

	private static List<Path> directories(Path parent) {
		try {
			return AtomicFolder.directories(parent);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public void close() {
		this.folder.close();
	}

	/**
	 * @param version the highest version that was deleted
	 */
	private record Highest(int version) {
	}

}
