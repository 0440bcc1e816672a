package io.unfold.problem.web;

import java.io.IOException;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import org.springframework.util.unit.DataSize;

/** A body that fails with {@link BodyTooLargeException} as soon as it is over a limit. */
class LimitedInputStream extends ServletInputStream {

	private final ServletInputStream body;

	private final DataSize limit;

	private long read;

	LimitedInputStream(ServletInputStream body, DataSize limit) {
		this.body = body;
		this.limit = limit;
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

	private void count(int bytes) throws BodyTooLargeException {
		this.read += bytes;
		if (this.read > this.limit.toBytes()) {
			throw new BodyTooLargeException(this.limit);
		}
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
