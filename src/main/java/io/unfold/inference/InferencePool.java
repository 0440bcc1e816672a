package io.unfold.inference;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.unfold.nn.Denormals;
import io.unfold.problem.TooManyRequestsException;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * The threads that run networks for requests: as many as there are processors, however
 * many clients there are, because more would only share them.
 */
@Component
public class InferencePool implements DisposableBean {

	private final ThreadPoolExecutor threads;

	/** Requests that may wait for a thread. */
	private final int limit;

	InferencePool(InferenceProperties properties) {
		this.limit = properties.queue();
		int count = properties.threadCount();
		this.threads = new ThreadPoolExecutor(count, count, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> {
					Thread thread = new Thread(() -> {
						Denormals.areZero();
						task.run();
					}, "inference");
					thread.setDaemon(true);
					return thread;
				});
		this.threads.allowCoreThreadTimeOut(true);
	}

	/**
	 * Runs a task on the pool and waits for what it returns.
	 * @throws TooManyRequestsException when too many are waiting already
	 */
	public <T> T run(Callable<T> task) {
		if (this.threads.getQueue().size() >= this.limit) {
			throw new TooManyRequestsException("too many requests are waiting for an answer; try again shortly", 1);
		}
		return answer(task);
	}

	/**
	 * Runs what takes long a slice at a time and waits for its end; between slices others
	 * have their turn.
	 * @throws TooManyRequestsException when too many are waiting already
	 */
	public void runInSlices(Slices work) {
		boolean more = run(work::next);
		while (more) {
			more = answer(work::next);
		}
	}

	/**
	 * Goes on with work that was taken on before, a slice at a time, without waiting for
	 * its end.
	 */
	public void resume(Slices work) {
		this.threads.execute(() -> {
			if (work.next()) {
				resume(work);
			}
		});
	}

	private <T> T answer(Callable<T> task) {
		Future<T> answer = this.threads.submit(task);
		try {
			return answer.get();
		}
		catch (InterruptedException ex) {
			answer.cancel(false);
			Thread.currentThread().interrupt();
			throw new TooManyRequestsException("the service is stopping", 5);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof RuntimeException cause) {
				throw cause;
			}
			throw new IllegalStateException(ex.getCause());
		}
	}

	/** Work that is done in slices, so that it holds no thread for long. */
	@FunctionalInterface
	public interface Slices {

		/** Does the next slice, and tells whether there is more to do. */
		boolean next();

	}

	@Override
	public void destroy() {
		this.threads.shutdown();
	}

}
