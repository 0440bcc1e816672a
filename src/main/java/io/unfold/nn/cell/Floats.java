package io.unfold.nn.cell;

import java.nio.FloatBuffer;

import io.unfold.nn.NativeRuntime;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;
import org.jspecify.annotations.Nullable;

/**
 * A block of native memory that holds floats: what BLAS reads and writes. Not
 * thread-safe, and nor are two of one memory unless both only read.
 */
public final class Floats implements AutoCloseable {

	/** A direct buffer spans at most 2 GB. */
	private static final int WINDOW = 1 << 28;

	static {
		NativeRuntime.prepare();
	}

	/** Kept, because buffers do not keep their memory alive. */
	private final FloatPointer memory;

	private final FloatPointer cursor;

	/** The same as bytes. */
	private final BytePointer bytes;

	private final long base;

	private final long length;

	private final @Nullable FloatBuffer[] windows;

	private Floats(FloatPointer memory, long base, long length) {
		this.memory = memory;
		this.cursor = new FloatPointer(memory);
		this.bytes = new BytePointer(memory);
		this.base = base;
		this.length = length;
		this.windows = new FloatBuffer[(int) ((length + WINDOW - 1) / WINDOW)];
	}

	/** New memory, not initialised. */
	public static Floats allocate(long length) {
		return new Floats(new FloatPointer(Math.max(1, length)), 0, length);
	}

	/** New memory with these values. */
	public static Floats copyOf(float... values) {
		Floats floats = allocate(values.length);
		floats.put(0, values, 0, values.length);
		return floats;
	}

	/** A view of memory that somebody else owns, from element {@code offset} on. */
	public static Floats view(FloatPointer memory, long offset, long length) {
		return new Floats(memory, offset, length);
	}

	/** A view of part of this memory, with a position of its own. */
	public Floats view(long offset, long length) {
		return new Floats(this.memory, this.base + offset, length);
	}

	/**
	 * Memory of at least this length: the given one, or new memory in its place, not
	 * initialised.
	 */
	public static Floats grown(Floats floats, long length) {
		if (floats.length >= length) {
			return floats;
		}
		floats.close();
		return allocate(length);
	}

	public long length() {
		return this.length;
	}

	/**
	 * The address of an element, for BLAS: valid until the next call, so that no object
	 * is made for it.
	 */
	FloatPointer at(long offset) {
		return this.cursor.position(this.base + offset);
	}

	/** Copies {@code count} elements from {@code offset} on to the array. */
	public void get(long offset, float[] target, int from, int count) {
		for (int done = 0; done < count;) {
			long position = offset + done;
			int within = (int) (position % WINDOW);
			int part = Math.min(count - done, WINDOW - within);
			window(position).get(within, target, from + done, part);
			done += part;
		}
	}

	/** Copies {@code count} elements of the array to {@code offset}. */
	public void put(long offset, float[] source, int from, int count) {
		for (int done = 0; done < count;) {
			long position = offset + done;
			int within = (int) (position % WINDOW);
			int part = Math.min(count - done, WINDOW - within);
			window(position).put(within, source, from + done, part);
			done += part;
		}
	}

	/** Sets elements to zero. */
	public void clear(long offset, long count) {
		// the position of what memset is given counts bytes, whatever is at it
		Pointer.memset(this.bytes.position((this.base + offset) * Float.BYTES), 0, count * Float.BYTES);
	}

	private FloatBuffer window(long position) {
		int index = (int) (position / WINDOW);
		FloatBuffer window = this.windows[index];
		if (window == null) {
			long from = (long) index * WINDOW;
			long to = Math.min(this.length, from + WINDOW);
			FloatPointer pointer = new FloatPointer(this.memory);
			pointer.position(this.base + from).limit(this.base + to);
			window = pointer.asBuffer();
			this.windows[index] = window;
		}
		return window;
	}

	/** Frees the memory, also for views of it. */
	@Override
	public void close() {
		this.memory.deallocate();
	}

}
