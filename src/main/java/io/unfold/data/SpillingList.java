package io.unfold.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

import org.jspecify.annotations.Nullable;

/**
 * A list that can be larger than the heap: elements are only added, and once they take
 * more than a share of the heap they go to a file, of which only the offsets are kept.
 * The file is gone with the process, however it ends, and its space with the list.
 * Reading is thread-safe once all is added.
 *
 * @param <T> an element, which nobody changes
 */
public final class SpillingList<T> extends AbstractList<T> implements RandomAccess {

	/** Bytes that are written at once. */
	private static final int BUFFER = 1 << 18;

	/** Of the heap a list may take a 32nd. */
	private static final long SHARE = 32;

	private final Path folder;

	private final Codec<T> codec;

	private final long most;

	/** The elements, until they go to the file. */
	private @Nullable List<T> inHeap = new ArrayList<>();

	private long bytes;

	/** Where each element begins in the file, and the last ends. */
	private long[] offsets = {};

	private int size;

	private @Nullable FileChannel file;

	private long written;

	private final ByteArrayOutputStream buffer = new ByteArrayOutputStream();

	/**
	 * @param folder where the file would be; it is made if it has to be
	 */
	public SpillingList(Path folder, Codec<T> codec) {
		this(folder, codec, Runtime.getRuntime().maxMemory() / SHARE);
	}

	/**
	 * @param most bytes that the elements may take in the heap
	 */
	SpillingList(Path folder, Codec<T> codec, long most) {
		this.folder = folder;
		this.codec = codec;
		this.most = most;
	}

	@Override
	public boolean add(T element) {
		List<T> kept = this.inHeap;
		if (kept != null) {
			kept.add(element);
			this.size++;
			this.bytes += this.codec.heapBytes(element);
			if (this.bytes > this.most) {
				this.inHeap = null;
				this.size = 0;
				this.offsets = new long[kept.size() + 1];
				kept.forEach(this::write);
			}
		}
		else {
			write(element);
		}
		return true;
	}

	private void write(T element) {
		try {
			this.codec.write(element, new DataOutputStream(this.buffer));
			if (this.offsets.length < this.size + 2) {
				this.offsets = Arrays.copyOf(this.offsets, this.size + this.size / 2 + 16);
			}
			this.size++;
			this.offsets[this.size] = this.written + this.buffer.size();
			if (this.buffer.size() >= BUFFER) {
				flush();
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private synchronized void flush() throws IOException {
		FileChannel channel = this.file;
		if (channel == null) {
			Files.createDirectories(this.folder);
			Path path = Files.createTempFile(this.folder, "examples", ".tmp");
			// on Linux its name is gone at once; where it is not, it is when the list is
			channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE,
					StandardOpenOption.DELETE_ON_CLOSE);
			this.file = channel;
		}
		ByteBuffer bytes = ByteBuffer.wrap(this.buffer.toByteArray());
		while (bytes.hasRemaining()) {
			this.written += channel.write(bytes, this.written);
		}
		this.buffer.reset();
	}

	@Override
	public T get(int index) {
		List<T> kept = this.inHeap;
		if (kept != null) {
			return kept.get(index);
		}
		if (index < 0 || index >= this.size) {
			throw new IndexOutOfBoundsException(index);
		}
		try {
			return this.codec.read(new DataInputStream(new ByteArrayInputStream(
					bytes(this.offsets[index], (int) (this.offsets[index + 1] - this.offsets[index])))));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private byte[] bytes(long from, int count) throws IOException {
		if (from + count > this.written) {
			flush();
		}
		FileChannel channel = this.file;
		ByteBuffer bytes = ByteBuffer.allocate(count);
		while (channel != null && bytes.hasRemaining()) {
			if (channel.read(bytes, from + bytes.position()) < 0) {
				throw new EOFException();
			}
		}
		return bytes.array();
	}

	@Override
	public int size() {
		return this.size;
	}

	/** Whether elements are in a file. */
	boolean isInFile() {
		return this.inHeap == null;
	}

	/**
	 * How elements are written to the file and read again.
	 *
	 * @param <T> an element
	 */
	public interface Codec<T> {

		/** About how much an element takes in the heap. */
		long heapBytes(T element);

		void write(T element, DataOutput out) throws IOException;

		T read(DataInput in) throws IOException;

	}

}
