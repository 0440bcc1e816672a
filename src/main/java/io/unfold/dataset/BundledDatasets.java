package io.unfold.dataset;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

import io.unfold.data.DataFormat;
import io.unfold.data.DataSource;
import org.jspecify.annotations.Nullable;

/** The datasets that come with the service. They are made in memory when first needed. */
class BundledDatasets {

	/** Bundled datasets are as old as the code that makes them. */
	private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

	private final Supplier<List<Example>> examples;

	private volatile @Nullable Map<String, Bundled> byId;

	BundledDatasets(Supplier<List<Example>> examples) {
		this.examples = examples;
	}

	List<StoredDataset> all() {
		return byId().values().stream().map(Bundled::stored).toList();
	}

	/** The bundled dataset of that id; {@link Datasets} looks up names. */
	Optional<StoredDataset> find(String id) {
		return Optional.ofNullable(byId().get(id)).map(Bundled::stored);
	}

	DataSource source(String id) {
		Bundled bundled = byId().get(id);
		if (bundled == null) {
			throw new IllegalArgumentException("no bundled dataset has the id '" + id + "'");
		}
		return bundled.source();
	}

	private Map<String, Bundled> byId() {
		Map<String, Bundled> made = this.byId;
		if (made == null) {
			synchronized (this) {
				made = this.byId;
				if (made == null) {
					made = make();
					this.byId = made;
				}
			}
		}
		return made;
	}

	private Map<String, Bundled> make() {
		Map<String, Bundled> made = new LinkedHashMap<>();
		for (Example example : this.examples.get()) {
			DataSource source = DataSource.of(example.format(), () -> new ByteArrayInputStream(example.content()));
			Understanding understood = Understanding.of(source);
			String sha256 = DatasetId.hash(example.content());
			Dataset dataset = new Dataset(DatasetId.of(example.name(), example.format(), sha256), example.name(),
					example.format().id(), understood.records(), example.content().length, sha256, CREATED,
					understood.fields().stream().map(FieldSummary::field).toList(), true);
			made.put(dataset.id(),
					new Bundled(new StoredDataset(StoredDataset.FORMAT_VERSION, dataset, understood.fields()), source));
		}
		return made;
	}

	/**
	 * @param content the file's bytes
	 */
	record Example(String name, DataFormat format, byte[] content) {
	}

	private record Bundled(StoredDataset stored, DataSource source) {
	}

}
