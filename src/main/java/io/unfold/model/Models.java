package io.unfold.model;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

import io.unfold.paging.Page;
import io.unfold.problem.ConflictException;
import io.unfold.problem.NotFoundException;
import io.unfold.storage.DataFolder;
import jakarta.annotation.PreDestroy;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** The registry: names, immutable versions, aliases; files on disk. */
@Component
public class Models {

	private final ModelFolder folder;

	private final InstantSource time;

	/** Held while aliases are read and written, and versions with them. */
	private final ReentrantLock naming = new ReentrantLock();

	@Autowired
	Models(DataFolder data, JsonMapper mapper, ObjectProvider<InstantSource> time) {
		this(new ModelFolder(data.resolve("models"), mapper), time.getIfAvailable(InstantSource::system));
	}

	Models(ModelFolder folder, InstantSource time) {
		this.folder = folder;
		this.time = time;
	}

	/**
	 * Publishes a model as the name's next version, by an atomic rename. Two publishers
	 * of the same name get different versions.
	 */
	public ModelVersion publish(String name, ModelDraft draft) {
		ModelName.check("/model", name);
		return this.folder.publish(name, draft, this.time.instant());
	}

	/**
	 * The version that a job published, if it did: a job that was killed after publishing
	 * need not train again.
	 */
	public Optional<ModelVersion> publishedBy(String name, String jobId) {
		return whole(name).filter((model) -> model.provenance().path("job").asString("").equals(jobId))
			.map((model) -> (ModelVersion) model)
			.findFirst();
	}

	/**
	 * The version that {@code name} (the latest), {@code name:version} or
	 * {@code name@alias} refers to.
	 * @throws NotFoundException when there is none
	 * @throws DamagedModelException when its files are not what was published
	 */
	public ModelVersion resolve(String ref) {
		return published(ref);
	}

	/**
	 * Checks that a model may have that name.
	 * @throws io.unfold.problem.InvalidRequestException at the pointer given, when it may
	 * not
	 */
	public void checkName(String pointer, String name) {
		ModelName.check(pointer, name);
	}

	/** The models by name, page by page. */
	public Page<ModelSummary> list(int pageSize, @Nullable String pageToken) {
		List<ModelSummary> summaries = this.folder.names()
			.stream()
			.flatMap((name) -> whole(name).limit(1).map(this::summary))
			.toList();
		return Page.of(summaries, ModelSummary::name, pageSize, pageToken);
	}

	/**
	 * A model.
	 * @throws NotFoundException when it has no version
	 */
	public ModelSummary summary(String name) {
		return summary(latest(name));
	}

	private ModelSummary summary(PublishedModel latest) {
		return new ModelSummary(latest.name(), latest.taskType(), latest.version(), this.folder.aliases(latest.name()),
				latest.createdAt());
	}

	/** The versions of a model, latest first, page by page. */
	public Page<VersionSummary> versions(String name, int pageSize, @Nullable String pageToken) {
		latest(name);
		Map<String, Integer> aliases = this.folder.aliases(name);
		List<VersionSummary> versions = whole(name).map((model) -> summary(model, aliases)).toList();
		return Page.of(versions, (version) -> "%010d".formatted(Integer.MAX_VALUE - version.version()), pageSize,
				pageToken);
	}

	private static VersionSummary summary(PublishedModel model, Map<String, Integer> aliases) {
		List<String> own = aliases.entrySet()
			.stream()
			.filter((alias) -> alias.getValue() == model.version())
			.map(Map.Entry::getKey)
			.toList();
		return new VersionSummary(model.version(), model.taskType(), model.evaluation(), model.createdAt(),
				model.files().stream().mapToLong(ModelFile::sizeBytes).sum(), own);
	}

	/** All that is known of the version that a reference names. */
	public VersionDescription describe(String ref) {
		return published(ref).description();
	}

	/**
	 * Lets an alias refer to a version.
	 * @throws NotFoundException when there is no such version
	 */
	public void setAlias(String name, String alias, int version) {
		this.naming.lock();
		try {
			find(name, version);
			ModelName.checkAlias(alias);
			Map<String, Integer> aliases = this.folder.aliases(name);
			aliases.put(alias, version);
			this.folder.setAliases(name, aliases);
		}
		finally {
			this.naming.unlock();
		}
	}

	/**
	 * Takes an alias away.
	 * @throws NotFoundException when there is no such alias
	 */
	public void deleteAlias(String name, String alias) {
		this.naming.lock();
		try {
			latest(name);
			Map<String, Integer> aliases = this.folder.aliases(name);
			if (aliases.remove(alias) == null) {
				throw noAlias(name, alias);
			}
			this.folder.setAliases(name, aliases);
		}
		finally {
			this.naming.unlock();
		}
	}

	/**
	 * Deletes a version; its number is not used again.
	 * @throws NotFoundException when there is no such version
	 * @throws ConflictException when an alias refers to it
	 */
	public void delete(String name, int version) {
		this.naming.lock();
		try {
			if (!taken(name).contains(version)) {
				throw noVersion(name, version);
			}
			List<String> aliases = this.folder.aliases(name)
				.entrySet()
				.stream()
				.filter((alias) -> alias.getValue() == version)
				.map((alias) -> "'" + alias.getKey() + "'")
				.toList();
			if (!aliases.isEmpty()) {
				throw new ConflictException("the alias " + String.join(" and ", aliases) + " refers to "
						+ PublishedModel.describe(name, version) + ": set it to another version or delete it first");
			}
			this.folder.remove(name, version);
		}
		finally {
			this.naming.unlock();
		}
	}

	/**
	 * Deletes all versions and aliases of a model.
	 * @throws NotFoundException when there are none
	 */
	public void delete(String name) {
		this.naming.lock();
		try {
			List<Integer> versions = taken(name);
			if (versions.isEmpty()) {
				throw noModel(name);
			}
			this.folder.setAliases(name, Map.of());
			versions.forEach((version) -> this.folder.remove(name, version));
		}
		finally {
			this.naming.unlock();
		}
	}

	private PublishedModel published(String text) {
		ModelRef ref = ModelRef.parse(text);
		if (ref.alias() != null) {
			if (taken(ref.name()).isEmpty()) {
				throw noModel(ref.name());
			}
			Integer version = this.folder.aliases(ref.name()).get(ref.alias());
			if (version == null) {
				throw noAlias(ref.name(), ref.alias());
			}
			return find(ref.name(), version);
		}
		return (ref.version() != null) ? find(ref.name(), ref.version()) : latest(ref.name());
	}

	private PublishedModel find(String name, int version) {
		if (!ModelName.isValid(name)) {
			throw noModel(name);
		}
		return this.folder.find(name, version).orElseThrow(() -> noVersion(name, version));
	}

	/** The latest version that is whole. */
	private PublishedModel latest(String name) {
		List<Integer> versions = taken(name);
		if (versions.isEmpty()) {
			throw noModel(name);
		}
		// none is whole: say what is wrong with the latest
		return whole(name).findFirst().orElseGet(() -> find(name, versions.get(0)));
	}

	/** The versions that are whole, latest first, loaded lazily. */
	private Stream<PublishedModel> whole(String name) {
		return taken(name).stream().flatMap((version) -> {
			try {
				return this.folder.find(name, version).stream();
			}
			catch (DamagedModelException ex) {
				return Stream.empty();
			}
		});
	}

	/** The numbers that are taken, highest first; none when the name is not one. */
	private List<Integer> taken(String name) {
		return ModelName.isValid(name) ? this.folder.versions(name) : List.of();
	}

	private static NotFoundException noModel(String name) {
		return new NotFoundException("no model is named '" + name + "'");
	}

	private NotFoundException noVersion(String name, int version) {
		List<Integer> versions = new ArrayList<>(taken(name));
		if (versions.isEmpty()) {
			return noModel(name);
		}
		versions.sort(Comparator.naturalOrder());
		String known = (versions.size() <= 20) ? ", only " + versions : "";
		return new NotFoundException("the model '" + name + "' has no version " + version + known);
	}

	private static NotFoundException noAlias(String name, String alias) {
		return new NotFoundException("the model '" + name + "' has no alias '" + alias + "'");
	}

	@PreDestroy
	void close() {
		this.folder.close();
	}

}
