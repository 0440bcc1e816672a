package io.unfold;

import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LastResortTest {

	private final AtomicInteger ended = new AtomicInteger();

	private final LastResort lastResort = new LastResort(this.ended::incrementAndGet);

	@Test
	void endsAServiceThatCouldNotAnswerAnyMore() {
		this.lastResort.uncaughtException(new Thread("http-nio-8080-Poller"), new OutOfMemoryError("heap"));
		assertThat(this.ended).hasValue(1);
		this.lastResort.uncaughtException(new Thread("http-nio-8080-Acceptor"), new OutOfMemoryError("heap"));
		assertThat(this.ended).hasValue(2);
	}

	@Test
	void keepsAServiceThatLostAnotherThread() {
		this.lastResort.uncaughtException(new Thread("worker-1"), new OutOfMemoryError("heap"));
		this.lastResort.uncaughtException(new Thread("http-nio-8080-Poller"), new IllegalStateException("odd"));
		assertThat(this.ended).hasValue(0);
	}

}
