package io.unfold.problem.web;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.FutureTask;

import jakarta.servlet.ReadListener;
import java.time.Duration;
import java.util.concurrent.FutureTask;

import jakarta.servlet.ServletInputStream;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LimitedInputStreamTest {

	/** Room for 100,000 bytes of bodies. */
	private final BodyMemory memory = new BodyMemory(9_600_000);

	@Test
	void readsAsMuchAsTheLimit() throws IOException {
		assertThat(body(5, 5).readAllBytes()).hasSize(5);
		assertThatExceptionOfType(BodyTooLargeException.class).isThrownBy(() -> body(6, 5).readAllBytes())
			.withMessageContaining("5 bytes");
		LimitedInputStream bytewise = body(2, 1);
		assertThat(bytewise.read()).isZero();
		assertThatExceptionOfType(BodyTooLargeException.class).isThrownBy(bytewise::read);
	}

	@Test
	void refusesALargeBodyWhileOthersFillTheMemory() throws IOException {
		LimitedInputStream first = body(80_000, 1_000_000);
		first.readAllBytes();
		LimitedInputStream second = body(80_000, 1_000_000);
		assertThatExceptionOfType(BusyException.class).isThrownBy(second::readAllBytes);
		second.release();
		assertThat(body(16_000, 1_000_000).readAllBytes()).hasSize(16_000);
		first.release();
		assertThat(body(80_000, 1_000_000).readAllBytes()).hasSize(80_000);
	}

	@Test
	void waitsForRoomWhereTheLengthIsKnown() throws Exception {
		LimitedInputStream first = declared(80_000, Duration.ofMinutes(5));
		first.readNBytes(20_000);
		assertThatExceptionOfType(BusyException.class).isThrownBy(declared(80_000, Duration.ZERO)::readAllBytes);
		LimitedInputStream second = declared(80_000, Duration.ofMinutes(5));
		FutureTask<byte[]> waiting = new FutureTask<>(second::readAllBytes);
		Thread reader = new Thread(waiting);
		reader.start();
		while (reader.getState() != Thread.State.TIMED_WAITING) {
			assertThat(waiting.isDone()).isFalse();
			Thread.onSpinWait();
		}
		first.release();
		assertThat(waiting.get()).hasSize(80_000);
	}

	private LimitedInputStream declared(int size, Duration patience) {
		return new LimitedInputStream(new Zeros(size), size, DataSize.ofBytes(size), this.memory, patience);
	}

	private LimitedInputStream body(int size, int limit) {
		return new LimitedInputStream(new Zeros(size), -1, DataSize.ofBytes(limit), this.memory, Duration.ZERO);
	}

	private static final class Zeros extends ServletInputStream {

		private int left;

		Zeros(int size) {
			this.left = size;
		}

		@Override
		public int read() {
			return (this.left-- > 0) ? 0 : -1;
		}

		@Override
		public boolean isFinished() {
			return this.left <= 0;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			throw new UnsupportedOperationException();
		}

	}

}
