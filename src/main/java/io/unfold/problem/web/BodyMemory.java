package io.unfold.problem.web;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Keeps the bodies that are being worked on at any moment to a part of the heap. A byte
 * of JSON becomes up to about 30 bytes of objects ({@code [[1],[2]]}), and a heap that is
 * full stops more than the request that filled it: Tomcat's own threads die of it too.
 */
final class BodyMemory {

	/** Bytes of heap for a byte of bodies: 30 for its objects, and these are a third. */
	private static final int HEAP_PER_BYTE = 96;

	private final Semaphore room;

	private final int capacity;

	/**
	 * @param heap size of the heap at most, in bytes
	 */
	BodyMemory(long heap) {
		this.capacity = (int) Math.min(Integer.MAX_VALUE, heap / HEAP_PER_BYTE);
		this.room = new Semaphore(this.capacity, true);
	}

	/** Bytes of bodies that can be worked on at once. */
	int capacity() {
		return this.capacity;
	}

	/**
	 * Takes room for so many bytes more.
	 * @param patience how long other requests may take to make room
	 * @return whether there is room
	 */
	boolean take(int bytes, Duration patience) {
		try {
			return this.room.tryAcquire(bytes, patience.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			return false;
		}
	}

	/** Gives back what was taken. */
	void give(int bytes) {
		this.room.release(bytes);
	}

}
