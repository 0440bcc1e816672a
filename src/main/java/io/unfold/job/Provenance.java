package io.unfold.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Properties;
import java.util.stream.Stream;

import io.unfold.model.ModelVersion;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a model comes from: the data, the seed, and what it was made with. */
@Component
class Provenance {

	/** Field of what ended training too early. */
	private static final String FAILURE = "failure";

	private final ObjectNode software = StoredJson.MAPPER.createObjectNode();

	Provenance(ObjectProvider<BuildProperties> build) {
		BuildProperties properties = build.getIfAvailable();
		if (properties != null) {
			this.software.put("unfold", properties.getVersion());
		}
		this.software.put("deeplearning4j", deeplearning4j());
		this.software.put("java", System.getProperty("java.runtime.version"));
		this.software.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version"));
		this.software.put("processor", processor());
	}

	/**
	 * The provenance of the model that a job has just trained.
	 * @param examples that came with the request; null where it names a dataset
	 * @param failure why training could not go on, and the model is but the best until
	 * then; null where it came to its end
	 */
	ObjectNode of(TrainingJob job, @Nullable ArrayNode examples, long seed, @Nullable String failure, Instant now) {
		ObjectNode provenance = StoredJson.MAPPER.createObjectNode();
		provenance.put("job", job.id());
		if (job.dataset() != null) {
			provenance.set("dataset", StoredJson.MAPPER.valueToTree(job.dataset()));
		}
		else if (examples != null) {
			provenance.putObject("dataset").put("sha256", sha256(StoredJson.MAPPER.writeValueAsString(examples)));
		}
		if (job.inputs().validation() != null) {
			provenance.set("validationDataset", StoredJson.MAPPER.valueToTree(job.inputs().validation()));
		}
		if (job.inputs().test() != null) {
			provenance.set("testDataset", StoredJson.MAPPER.valueToTree(job.inputs().test()));
		}
		if (job.inputs().parent() != null) {
			provenance.set("parent", StoredJson.MAPPER.valueToTree(job.inputs().parent()));
		}
		provenance.put("seed", seed);
		if (failure != null) {
			provenance.put(FAILURE, failure);
		}
		provenance.set("software", this.software.deepCopy());
		provenance.put("createdAt", now.toString());
		return provenance;
	}

	/**
	 * The end of a job that has published a model. The model alone says which: a node
	 * that died between the two must come to the same.
	 */
	static TrainingJob end(TrainingJob job, ModelVersion published, Instant now) {
		String failure = published.provenance().path(FAILURE).asString("");
		if (failure.isEmpty()) {
			return job.succeed(published.version(), FiniteJson.of(published.evaluation()), now);
		}
		return job.fail(
				JobFailure.training(
						failure + "; the best model so far is kept as " + job.model() + ":" + published.version()),
				published.version(), now);
	}

	/** Hash of a text's UTF-8, lower-case hexadecimal. */
	static String sha256(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static String deeplearning4j() {
		try (InputStream in = Provenance.class
			.getResourceAsStream("/META-INF/maven/org.deeplearning4j/deeplearning4j-core/pom.properties")) {
			Properties properties = new Properties();
			if (in != null) {
				properties.load(in);
			}
			return properties.getProperty("version", "unknown");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** The processor's name where Linux tells it, its architecture elsewhere. */
	private static String processor() {
		Path file = Path.of("/proc/cpuinfo");
		String architecture = System.getProperty("os.arch");
		if (!Files.isReadable(file)) {
			return architecture;
		}
		try (Stream<String> lines = Files.lines(file)) {
			return lines.filter((line) -> line.startsWith("model name"))
				.map((line) -> line.substring(line.indexOf(':') + 1).trim())
				.findFirst()
				.orElse(architecture);
		}
		catch (IOException | UncheckedIOException ex) {
			return architecture;
		}
	}

}
