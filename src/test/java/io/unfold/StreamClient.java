package io.unfold;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;

/** A client of a stream, whose connection is ready until it has taken its capacity. */
public final class StreamClient extends ServletOutputStream {

	private final ByteArrayOutputStream taken = new ByteArrayOutputStream();

	private int capacity = Integer.MAX_VALUE;

	private boolean gone;

	/**
	 * @param bytes that it takes before it is not ready any more, which an event may
	 * exceed
	 */
	public void takes(int bytes) {
		this.capacity = bytes;
	}

	/** From now on all writing fails. */
	public void leaves() {
		this.gone = true;
	}

	public String received() {
		return this.taken.toString(StandardCharsets.UTF_8);
	}

	@Override
	public boolean isReady() {
		return this.taken.size() < this.capacity;
	}

	@Override
	public void setWriteListener(WriteListener listener) {
	}

	@Override
	public void write(int b) throws IOException {
		if (this.gone) {
			throw new IOException("broken pipe");
		}
		this.taken.write(b);
	}

}
