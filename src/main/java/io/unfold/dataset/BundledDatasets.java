package io.unfold.dataset;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.unfold.data.BundledExamples;
import io.unfold.data.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The datasets that come with the service. They are made in memory when first needed. */
@Component
class BundledDatasets {

	/** Bundled datasets are as old as the code that makes them. */
	private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

	private volatile @Nullable Map<String, Bundled> byId;

	List<StoredDataset> all() {
		return byId().values().stream().map(Bundled::stored).toList();
	}

	/** The bundled dataset of that id; {@link Datasets} looks up names. */
	Optional<StoredDataset> find(String id) {
		return Optional.ofNullable(byId().get(id)).map(Bundled::stored);
	}

	DataSource source(String id) {
		return get(id).source();
	}

	/** What a bundled dataset is, for people. */
	String description(String id) {
		return get(id).description();
	}

	private Bundled get(String id) {
		Bundled bundled = byId().get(id);
		if (bundled == null) {
			throw new IllegalArgumentException("no bundled dataset has the id '" + id + "'");
		}
		return bundled;
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

	private static Map<String, Bundled> make() {
		Map<String, Bundled> made = new LinkedHashMap<>();
		for (BundledExamples example : BundledExamples.values()) {
			byte[] content = example.content();
			DataSource source = DataSource.of(example.format(), () -> new ByteArrayInputStream(content));
			Understanding understood = Understanding.of(source);
			String sha256 = DatasetId.hash(content);
			Dataset dataset = new Dataset(DatasetId.of(example.id(), example.format(), sha256), example.id(),
					example.format().id(), understood.records(), content.length, sha256, CREATED,
					understood.fields().stream().map(FieldSummary::field).toList(), true);
			made.put(dataset.id(),
					new Bundled(new StoredDataset(StoredDataset.FORMAT_VERSION, dataset, understood.fields(), null),
							source, example.description()));
		}
		return made;
	}

	/**
	 * @param description what it is, for people
	 */
	private record Bundled(StoredDataset stored, DataSource source, String description) {
	}

}
