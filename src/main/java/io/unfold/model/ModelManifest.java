package io.unfold.model;

import java.time.Instant;
import java.util.List;

import tools.jackson.databind.JsonNode;

/**
 * A version as its {@code model.json} has it.
 *
 * @param formatVersion version of the directory's format
 * @param parameters what is where in {@code parameters.bin}, in the file's order
 * @param files the other files
 */
record ModelManifest(int formatVersion, JsonNode task, JsonNode network, JsonNode training, JsonNode evaluation,
		JsonNode provenance, Instant createdAt, List<Parameter> parameters, List<ModelFile> files) {

	static final int FORMAT_VERSION = 1;

	ModelFile file(String name) {
		return this.files.stream()
			.filter((file) -> file.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("model.json does not list " + name));
	}

	/**
	 * A tensor of {@code parameters.bin}.
	 *
	 * @param name of the parameter
	 * @param shape sizes of its dimensions
	 * @param offset of its first byte
	 */
	record Parameter(String name, List<Integer> shape, long offset) {

		/** Number of its elements. */
		int size() {
			long size = 1;
			for (int dimension : this.shape) {
				if (dimension < 0) {
					throw new IllegalArgumentException("the parameter " + this.name + " has a negative size");
				}
				size = Math.multiplyExact(size, (long) dimension);
			}
			return Math.toIntExact(size);
		}

	}

}
