package io.unfold.inference;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.TooManyRequestsException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class InferencePoolTest {

	private final InferencePool pool = new InferencePool(new InferenceProperties(1, 2, 1, DataSize.ofMegabytes(1)));

	@AfterEach
	void stop() {
		this.pool.destroy();
	}

	@Test
	void othersHaveTheirTurnBetweenSlices() throws InterruptedException {
		AtomicInteger slices = new AtomicInteger();
		CountDownLatch ended = new CountDownLatch(1);
		int[] seen = { 0 };
		// goes on until another task has run on the only thread
		this.pool.resume(() -> {
			slices.incrementAndGet();
			if (seen[0] > 0) {
				ended.countDown();
				return false;
			}
			return true;
		});
		assertThat(this.pool.<Integer>run(() -> ++seen[0])).isEqualTo(1);
		ended.await();
		assertThat(slices.get()).isPositive();
	}

	@Test
	void waitsForTheLastSlice() {
		List<Integer> done = Collections.synchronizedList(new ArrayList<>());
		this.pool.runInSlices(() -> {
			done.add(done.size());
			return done.size() < 5;
		});
		assertThat(done).containsExactly(0, 1, 2, 3, 4);
	}

	@Test
	void tellsWhatWentWrongInASlice() {
		assertThatExceptionOfType(InvalidRequestException.class).isThrownBy(() -> this.pool.runInSlices(() -> {
			throw new InvalidRequestException("/prompt", "is wrong");
		}));
	}

	@Test
	void turnsRequestsAwayWhenTooManyWait() throws InterruptedException {
		CountDownLatch working = new CountDownLatch(1);
		CountDownLatch end = new CountDownLatch(1);
		this.pool.resume(() -> {
			working.countDown();
			awaitQuietly(end);
			return false;
		});
		working.await();
		for (int i = 0; i < 2; i++) {
			this.pool.resume(() -> false);
		}
		assertThatExceptionOfType(TooManyRequestsException.class).isThrownBy(() -> this.pool.run(() -> 1));
		end.countDown();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
