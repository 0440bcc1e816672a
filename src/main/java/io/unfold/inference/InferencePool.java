package io.unfold.inference;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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

	InferencePool(InferenceProperties properties) {
		int count = properties.threadCount();
		this.threads = new ThreadPoolExecutor(count, count, 30, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(properties.queue()), (task) -> {
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
		Future<T> answer;
		try {
			answer = this.threads.submit(task);
		}
		catch (RejectedExecutionException ex) {
			throw new TooManyRequestsException("too many requests are waiting for an answer; try again shortly", 1);
		}
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

	@Override
	public void destroy() {
		this.threads.shutdown();
	}

}
