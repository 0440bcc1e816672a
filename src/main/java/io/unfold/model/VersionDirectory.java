package io.unfold.model;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.unfold.nn.network.Tensors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The directory of one version: {@code model.json}, {@code fitted.json},
 * {@code parameters.bin}, and {@code SHA256SUMS}, which {@code sha256sum -c} reads too.
 */
final class VersionDirectory {

	private static final String MANIFEST = "model.json";

	private static final String FITTED = "fitted.json";

	private static final String PARAMETERS = "parameters.bin";

	private static final String SUMS = "SHA256SUMS";

	private final Path path;

	private final JsonMapper mapper;

	VersionDirectory(Path path, JsonMapper mapper) {
		this.path = path;
		this.mapper = mapper;
	}

	/** Writes a draft; returns what it wrote. */
	Loaded write(ModelDraft draft, Instant createdAt) throws IOException {
		byte[] fitted = json(draft.fitted());
		Files.write(this.path.resolve(FITTED), fitted);
		List<ModelFile> files = List.of(new ModelFile(FITTED, fitted.length, Hashes.of(fitted)),
				ParameterFile.write(this.path.resolve(PARAMETERS), draft.parameters()));
		ModelManifest manifest = new ModelManifest(ModelManifest.FORMAT_VERSION, draft.task(), draft.network(),
				draft.training(), draft.evaluation(), draft.provenance(), createdAt,
				ParameterFile.layout(draft.parameters()), files);
		byte[] model = json(manifest);
		Files.write(this.path.resolve(MANIFEST), model);
		ModelFile self = new ModelFile(MANIFEST, model.length, Hashes.of(model));
		Files.writeString(this.path.resolve(SUMS), sums(self, files));
		return new Loaded(manifest, self);
	}

	private byte[] json(Object value) {
		return this.mapper.writerWithDefaultPrettyPrinter().writeValueAsString(value).getBytes(StandardCharsets.UTF_8);
	}

	private static String sums(ModelFile self, List<ModelFile> files) {
		return Stream.concat(Stream.of(self), files.stream())
			.map((file) -> file.sha256() + "  " + file.name() + "\n")
			.collect(Collectors.joining());
	}

	/**
	 * Reads what the version says of itself, and checks that its files are there and as
	 * long as they should be; their content is checked when it is read.
	 * @throws IOException when it is damaged, or not a version at all
	 */
	Loaded load() throws IOException {
		try {
			byte[] model = Files.readAllBytes(this.path.resolve(MANIFEST));
			ModelFile self = new ModelFile(MANIFEST, model.length, Hashes.of(model));
			ModelManifest manifest = this.mapper.readValue(model, ModelManifest.class);
			if (manifest.formatVersion() != ModelManifest.FORMAT_VERSION) {
				throw new IOException("model.json has the format version " + manifest.formatVersion()
						+ ", which another version of the service wrote");
			}
			if (!Files.readString(this.path.resolve(SUMS)).equals(sums(self, manifest.files()))) {
				throw new IOException("model.json and SHA256SUMS contradict each other");
			}
			for (ModelFile file : List.of(manifest.file(FITTED), manifest.file(PARAMETERS))) {
				long size = Files.size(this.path.resolve(file.name()));
				if (size != file.sizeBytes()) {
					throw new IOException(file.name() + " has " + size + " bytes in place of " + file.sizeBytes());
				}
			}
			return new Loaded(manifest, self);
		}
		catch (JacksonException | IllegalArgumentException ex) {
			throw new IOException("model.json cannot be read", ex);
		}
	}

	JsonNode fitted(ModelManifest manifest) throws IOException {
		byte[] content = Files.readAllBytes(this.path.resolve(FITTED));
		if (!Hashes.of(content).equals(manifest.file(FITTED).sha256())) {
			throw new IOException("fitted.json: its SHA-256 is another");
		}
		return this.mapper.readTree(content);
	}

	Tensors parameters(ModelManifest manifest) throws IOException {
		try {
			return ParameterFile.read(this.path.resolve(PARAMETERS), manifest.parameters(), manifest.file(PARAMETERS));
		}
		catch (IOException | ArithmeticException | IllegalArgumentException ex) {
			throw new IOException("parameters.bin: " + ex.getMessage(), ex);
		}
	}

	/**
	 * @param manifest content of {@code model.json}
	 * @param self the file {@code model.json} itself
	 */
	record Loaded(ModelManifest manifest, ModelFile self) {
	}

}
