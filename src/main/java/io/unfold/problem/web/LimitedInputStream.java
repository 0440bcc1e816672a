package io.unfold.problem.web;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.springframework.util.unit.DataSize;

/**
 * A body that fails as soon as it is over a limit ({@link BodyTooLargeException}), or
 * when there is no room for more of it beside the bodies of other requests
 * ({@link BusyException}).
 */
class LimitedInputStream extends ServletInputStream {

	/** Small bodies always have room: they are most requests. */
	private static final int FREE = 16 * 1024;

	private final ServletInputStream body;

	private final DataSize limit;

	private final BodyMemory memory;

	private final Duration patience;

	/** Bytes that the client says it sends; negative when it does not say. */
	private final long declared;

	private long read;

	private int taken;

	LimitedInputStream(ServletInputStream body, long declared, DataSize limit, BodyMemory memory, Duration patience) {
		this.body = body;
		this.declared = declared;
		this.limit = limit;
		this.memory = memory;
		this.patience = patience;
	}

	@Override
	public int read() throws IOException {
		int value = this.body.read();
		if (value >= 0) {
			count(1);
		}
		return value;
	}

	@Override
	public int read(byte[] buffer, int offset, int length) throws IOException {
		int count = this.body.read(buffer, offset, length);
		count(Math.max(0, count));
		return count;
	}

	private void count(int bytes) throws IOException {
		this.read += bytes;
		if (this.read > this.limit.toBytes()) {
			throw new BodyTooLargeException(this.limit);
		}
		if (this.read > FREE) {
			// all at once where the length is known: bodies that each hold a part and
			// want more would keep each other from ever getting it
			boolean known = this.declared >= this.read;
			int wanted = (int) ((known ? this.declared : this.read) - FREE) - this.taken;
			if (wanted > 0) {
				if (!this.memory.take(wanted, known ? this.patience : Duration.ZERO)) {
					throw new BusyException();
				}
				this.taken += wanted;
			}
		}
	}

	/** Gives back the room that the body had; its request is done. */
	void release() {
		this.memory.give(this.taken);
		this.taken = 0;
	}

	@Override
	public boolean isFinished() {
		return this.body.isFinished();
	}

	@Override
	public boolean isReady() {
		return this.body.isReady();
	}

	@Override
	public void setReadListener(ReadListener listener) {
		this.body.setReadListener(listener);
	}

}
