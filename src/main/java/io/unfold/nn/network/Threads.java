package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import io.unfold.nn.cell.Floats;

/** The threads of one training: the calling one, and others beside it. */
final class Threads implements AutoCloseable {

	/** Numbers that a loop copies at once: they stay in the first-level cache. */
	static final int PIECE = 2048;

	/** Loops are divided into whole blocks of so many numbers. */
	static final int BLOCK = 1 << 14;

	/** Numbers for which a thread is woken. */
	private static final int WORTH_A_THREAD = 1 << 17;

	private final List<ExecutorService> others = new ArrayList<>();

	/** Of each thread. */
	private final List<float[][]> scratch = new ArrayList<>();

	Threads(int count) {
		this.scratch.add(new float[4][PIECE]);
		for (int i = 1; i < count; i++) {
			this.scratch.add(new float[4][PIECE]);
			String name = "training-rows-" + i;
			this.others.add(Executors.newSingleThreadExecutor((task) -> {
				Thread thread = new Thread(task, name);
				thread.setDaemon(true);
				return thread;
			}));
		}
	}

	/**
	 * Runs tasks, at most as many as there are threads, each always on the same thread:
	 * all of them to their end, whatever becomes of one.
	 */
	<T> List<T> all(List<Callable<T>> tasks) {
		List<Future<T>> others = new ArrayList<>();
		for (int i = 1; i < tasks.size(); i++) {
			others.add(this.others.get(i - 1).submit(tasks.get(i)));
		}
		List<T> results = new ArrayList<>();
		Throwable failure = null;
		try {
			results.add(tasks.get(0).call());
		}
		catch (Exception | Error ex) {
			failure = ex;
		}
		for (Future<T> other : others) {
			try {
				results.add(other.get());
			}
			catch (ExecutionException ex) {
				failure = (failure != null) ? failure : ex.getCause();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new CancellationException("interrupted");
			}
		}
		if (failure instanceof Error error) {
			throw error;
		}
		if (failure != null) {
			throw (failure instanceof RuntimeException exception) ? exception : new IllegalStateException(failure);
		}
		return results;
	}

	/**
	 * Divides a loop over many numbers, none of which depends on another, over the
	 * threads.
	 */
	void divide(long length, Range range) {
		int parts = (int) Math.min(this.scratch.size(), Math.max(1, length / WORTH_A_THREAD));
		if (parts == 1) {
			range.run(0, length, this.scratch.get(0));
			return;
		}
		long blocks = (length + BLOCK - 1) / BLOCK;
		List<Callable<Boolean>> tasks = new ArrayList<>();
		for (int i = 0; i < parts; i++) {
			long from = blocks * i / parts * BLOCK;
			long to = Math.min(length, blocks * (i + 1) / parts * BLOCK);
			float[][] own = this.scratch.get(i);
			tasks.add(() -> {
				range.run(from, to, own);
				return true;
			});
		}
		all(tasks);
	}

	/** A part of a loop, from a multiple of {@link #BLOCK} on. */
	interface Range {

		/**
		 * @param scratch of the thread; [4][{@link #PIECE}]
		 */
		void run(long from, long to, float[][] scratch);

	}

	/** Those numbers, for one thread. */
	static Floats part(Floats all, long from, long to) {
		return (from == 0 && to == all.length()) ? all : all.view(from, to - from);
	}

	@Override
	public void close() {
		this.others.forEach(ExecutorService::shutdown);
	}

}
