package io.unfold.data;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.RandomAccess;

import org.jspecify.annotations.Nullable;

/**
 * A list that can be larger than the heap: elements are only added, and once they take
 * more than a share of the heap they go to a file, of which only the offsets are kept.
 * The file is gone with the process, however it ends, and its space with the list. It is
 * read without channels, which an interrupted thread would close for all others. Reading
 * is thread-safe once all is added.
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

	private @Nullable RandomAccessFile file;

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

	private void flush() throws IOException {
		RandomAccessFile opened = this.file;
		if (opened == null) {
			Files.createDirectories(this.folder);
			Path path = Files.createTempFile(this.folder, "examples", ".tmp");
			opened = new RandomAccessFile(path.toFile(), "rw");
			this.file = opened;
			unname(path);
		}
		opened.seek(this.written);
		opened.write(this.buffer.toByteArray());
		this.written += this.buffer.size();
		this.buffer.reset();
	}

	/** Where a file that is open cannot lose its name, it is deleted in the end. */
	private static void unname(Path path) {
		try {
			Files.delete(path);
		}
		catch (IOException ex) {
			path.toFile().deleteOnExit();
		}
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

	private synchronized byte[] bytes(long from, int count) throws IOException {
		if (from + count > this.written) {
			flush();
		}
		byte[] bytes = new byte[count];
		RandomAccessFile opened = this.file;
		if (opened != null) {
			opened.seek(from);
			opened.readFully(bytes);
		}
		return bytes;
	}

	@Override
	public int size() {
		return this.size;
	}

	/** Whether elements are in a file. */
	public boolean isInFile() {
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
