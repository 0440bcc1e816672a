package io.unfold.nn;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import static org.assertj.core.api.Assertions.assertThat;

class DenormalsTest {

	/** Not constants, so that no compiler multiplies them. */
	private static volatile float small = 1e-30f;

	private static volatile float smaller = 1e-10f;

	@Test
	@EnabledOnOs(value = OS.LINUX, architectures = "amd64")
	void areZeroInThreadsThatAskForIt() throws Exception {
		assertThat(product(true)).isZero();
	}

	@Test
	void areAsJavaHasThemInOtherThreads() throws Exception {
		assertThat(product(true)).isNotNegative();
		assertThat(product(false)).isPositive();
	}

	private static float product(boolean zero) throws InterruptedException, ExecutionException {
		FutureTask<Float> task = new FutureTask<>(() -> {
			if (zero) {
				Denormals.areZero();
			}
			return small * smaller;
		});
		Thread thread = new Thread(task);
		thread.start();
		thread.join();
		return task.get();
	}

}
