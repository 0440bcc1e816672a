package io.unfold.job;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.TrainableNetwork.OptimizerState;
import io.unfold.training.Checkpoints.Checkpoint;
import io.unfold.training.EpochMetrics;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * The form of a checkpoint on disk, little-endian: a magic number, the length of the
 * header, the header (JSON: names and shapes, iteration, history), the floats of the
 * parameters, of the best parameters and of the optimiser's moments, and a CRC-32C of all
 * before it.
 */
final class CheckpointFile {

	/** "UCP1". */
	private static final int MAGIC = 0x31504355;

	private static final int CHUNK = 1 << 16;

	private CheckpointFile() {
	}

	/** Writes a checkpoint, and does not return before it is on disk. */
	static void write(Path path, Checkpoint checkpoint) throws IOException {
		Tensors best = checkpoint.bestParameters();
		Header header = new Header(shapes(checkpoint.parameters()), (best != null) ? shapes(best) : null,
				checkpoint.optimizerState().iteration(), checkpoint.optimizerState().moments().length,
				checkpoint.history());
		byte[] json = StoredJson.MAPPER.writeValueAsBytes(header);
		CRC32C crc = new CRC32C();
		try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
				StandardOpenOption.WRITE);
				OutputStream out = new CheckedOutputStream(
						new BufferedOutputStream(Channels.newOutputStream(file), CHUNK), crc)) {
			writeInt(out, MAGIC);
			writeInt(out, json.length);
			out.write(json);
			write(out, checkpoint.parameters());
			if (best != null) {
				write(out, best);
			}
			write(out, checkpoint.optimizerState().moments());
			writeInt(out, (int) crc.getValue());
			out.flush();
			file.force(true);
		}
	}

	/** Reads a checkpoint; fails when it is not whole. */
	static Checkpoint read(Path path) throws IOException {
		CRC32C crc = new CRC32C();
		try (InputStream in = new CheckedInputStream(new BufferedInputStream(Files.newInputStream(path), CHUNK), crc)) {
			if (readInt(in) != MAGIC) {
				throw new IOException("not a checkpoint");
			}
			Header header = StoredJson.MAPPER.readValue(readBytes(in, readInt(in)), Header.class);
			Tensors parameters = readTensors(in, header.parameters());
			Tensors best = (header.bestParameters() != null) ? readTensors(in, header.bestParameters()) : null;
			float[] moments = readFloats(in, header.moments());
			int expected = (int) crc.getValue();
			if (readInt(in) != expected) {
				throw new IOException("a damaged checkpoint");
			}
			return new Checkpoint(parameters, new OptimizerState(header.iteration(), moments), best, header.history());
		}
		catch (JacksonException ex) {
			throw new IOException("a damaged checkpoint", ex);
		}
	}

	private static List<Shape> shapes(Tensors tensors) {
		return tensors.byName().entrySet().stream().map((e) -> new Shape(e.getKey(), e.getValue().shape())).toList();
	}

	private static void writeInt(OutputStream out, int value) throws IOException {
		out.write(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
	}

	private static void write(OutputStream out, Tensors tensors) throws IOException {
		for (Tensor tensor : tensors.byName().values()) {
			write(out, tensor.values());
		}
	}

	private static void write(OutputStream out, float[] values) throws IOException {
		ByteBuffer chunk = ByteBuffer.allocate(CHUNK).order(ByteOrder.LITTLE_ENDIAN);
		for (int from = 0; from < values.length; from += CHUNK / Float.BYTES) {
			int count = Math.min(CHUNK / Float.BYTES, values.length - from);
			chunk.asFloatBuffer().put(values, from, count);
			out.write(chunk.array(), 0, count * Float.BYTES);
		}
	}

	private static byte[] readBytes(InputStream in, int length) throws IOException {
		byte[] bytes = in.readNBytes(Math.max(length, 0));
		if (bytes.length < length) {
			throw new EOFException("a checkpoint that ends too early");
		}
		return bytes;
	}

	private static int readInt(InputStream in) throws IOException {
		return ByteBuffer.wrap(readBytes(in, Integer.BYTES)).order(ByteOrder.LITTLE_ENDIAN).getInt();
	}

	private static Tensors readTensors(InputStream in, List<Shape> shapes) throws IOException {
		Map<String, Tensor> byName = new LinkedHashMap<>();
		for (Shape shape : shapes) {
			int size = 1;
			for (int dimension : shape.shape()) {
				size = Math.multiplyExact(size, dimension);
			}
			byName.put(shape.name(), new Tensor(shape.shape(), readFloats(in, size)));
		}
		return new Tensors(byName);
	}

	private static float[] readFloats(InputStream in, int size) throws IOException {
		float[] values = new float[size];
		for (int from = 0; from < size; from += CHUNK / Float.BYTES) {
			int count = Math.min(CHUNK / Float.BYTES, size - from);
			ByteBuffer.wrap(readBytes(in, count * Float.BYTES))
				.order(ByteOrder.LITTLE_ENDIAN)
				.asFloatBuffer()
				.get(values, from, count);
		}
		return values;
	}

	/**
	 * @param bestParameters null where training does not keep them
	 * @param moments number of the optimiser's moments
	 */
	private record Header(List<Shape> parameters, @Nullable List<Shape> bestParameters, int iteration, int moments,
			List<EpochMetrics> history) {
	}

	private record Shape(String name, int[] shape) {
	}

}
