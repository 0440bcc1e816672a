package io.unfold.model;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.unfold.model.ModelManifest.Parameter;
import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;

/**
 * {@code parameters.bin}: the tensors one behind the other, column-major, as raw
 * little-endian floats of four bytes.
 */
final class ParameterFile {

	private static final int CHUNK = 1 << 18;

	private ParameterFile() {
	}

	/** What is where in the file of these tensors. */
	static List<Parameter> layout(Tensors tensors) {
		List<Parameter> layout = new ArrayList<>();
		long offset = 0;
		for (Map.Entry<String, Tensor> entry : tensors.byName().entrySet()) {
			Tensor tensor = entry.getValue();
			layout.add(new Parameter(entry.getKey(), Arrays.stream(tensor.shape()).boxed().toList(), offset));
			offset += 4L * tensor.values().length;
		}
		return layout;
	}

	static ModelFile write(Path file, Tensors tensors) throws IOException {
		MessageDigest digest = Hashes.sha256();
		ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
		long size = 0;
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
			for (Tensor tensor : tensors.byName().values()) {
				FloatBuffer values = FloatBuffer.wrap(tensor.values());
				while (values.hasRemaining()) {
					int count = Math.min(values.remaining(), CHUNK / 4);
					bytes.clear().limit(4 * count);
					bytes.asFloatBuffer().put(values.slice(values.position(), count));
					values.position(values.position() + count);
					digest.update(bytes.array(), 0, 4 * count);
					size += 4L * count;
					while (bytes.hasRemaining()) {
						channel.write(bytes);
					}
				}
			}
		}
		return new ModelFile(file.getFileName().toString(), size, HexFormat.of().formatHex(digest.digest()));
	}

	/**
	 * Reads the tensors.
	 * @throws IOException when the file is not what the layout and the hash say
	 */
	static Tensors read(Path file, List<Parameter> layout, ModelFile expected) throws IOException {
		MessageDigest digest = Hashes.sha256();
		ByteBuffer bytes = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
		Map<String, Tensor> tensors = new LinkedHashMap<>();
		try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
			if (channel.size() != expected.sizeBytes()) {
				throw new IOException("it has " + channel.size() + " bytes in place of " + expected.sizeBytes());
			}
			long offset = 0;
			for (Parameter parameter : layout) {
				int size = parameter.size();
				if (parameter.offset() != offset || offset + 4L * size > expected.sizeBytes()) {
					throw new IOException("the parameter " + parameter.name() + " is not where model.json says");
				}
				FloatBuffer values = FloatBuffer.allocate(size);
				while (values.hasRemaining()) {
					bytes.clear().limit(4 * Math.min(values.remaining(), CHUNK / 4));
					fill(bytes, channel);
					digest.update(bytes.array(), 0, bytes.limit());
					values.put(bytes.flip().asFloatBuffer());
				}
				int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
				tensors.put(parameter.name(), new Tensor(shape, values.array()));
				offset += 4L * size;
			}
			if (offset != expected.sizeBytes()) {
				throw new IOException("it holds more than model.json says");
			}
		}
		if (!HexFormat.of().formatHex(digest.digest()).equals(expected.sha256())) {
			throw new IOException("its SHA-256 is another");
		}
		return new Tensors(tensors);
	}

	private static void fill(ByteBuffer bytes, FileChannel channel) throws IOException {
		while (bytes.hasRemaining()) {
			if (channel.read(bytes) < 0) {
				throw new EOFException("it ends too early");
			}
		}
	}

}
