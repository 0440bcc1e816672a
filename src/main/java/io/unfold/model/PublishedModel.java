package io.unfold.model;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.unfold.nn.network.Tensors;
import io.unfold.problem.NotFoundException;
import tools.jackson.databind.JsonNode;

/** A version on disk. */
record PublishedModel(String name, int version, ModelManifest manifest, ModelFile self,
		VersionDirectory directory) implements ModelVersion {

	@Override
	public Instant createdAt() {
		return this.manifest.createdAt();
	}

	@Override
	public JsonNode task() {
		return this.manifest.task();
	}

	@Override
	public JsonNode network() {
		return this.manifest.network();
	}

	@Override
	public JsonNode training() {
		return this.manifest.training();
	}

	@Override
	public JsonNode evaluation() {
		return this.manifest.evaluation();
	}

	@Override
	public JsonNode provenance() {
		return this.manifest.provenance();
	}

	@Override
	public JsonNode fitted() {
		try {
			return this.directory.fitted(this.manifest);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	@Override
	public Tensors parameters() {
		try {
			return this.directory.parameters(this.manifest);
		}
		catch (IOException ex) {
			throw unreadable(ex);
		}
	}

	private RuntimeException unreadable(IOException ex) {
		if (ex instanceof NoSuchFileException || ex.getCause() instanceof NoSuchFileException) {
			return new NotFoundException(describe(this.name, this.version) + " was deleted");
		}
		return new DamagedModelException(describe(this.name, this.version), String.valueOf(ex.getMessage()));
	}

	static String describe(String name, int version) {
		return "version " + version + " of the model '" + name + "'";
	}

	/** The task's name. */
	String taskType() {
		return this.manifest.task().path("type").asString("");
	}

	List<ModelFile> files() {
		return Stream.concat(Stream.of(this.self), this.manifest.files().stream()).toList();
	}

	VersionDescription description() {
		List<VersionDescription.Parameter> parameters = this.manifest.parameters()
			.stream()
			.map((parameter) -> new VersionDescription.Parameter(parameter.name(), parameter.shape()))
			.toList();
		long count = this.manifest.parameters().stream().mapToLong(ModelManifest.Parameter::size).sum();
		return new VersionDescription(this.name, this.version, task(), network(), training(), evaluation(),
				provenance(), createdAt(), count, parameters, files().stream().mapToLong(ModelFile::sizeBytes).sum(),
				this.self.sha256(), files());
	}

}
