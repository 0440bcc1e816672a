package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.function.ToDoubleBiFunction;

import io.unfold.nn.cell.Floats;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A mini-batch's rows divided over threads: the first rows on the calling thread, the
 * others each on one of their own. The parts are always the same and are added in the
 * same order, so that a seed and a number of threads decide the result bit for bit.
 */
final class Shards implements AutoCloseable {

	private static final long ROWS_SALT = 0x94D049BB133111EBL;

	private static final int PIECE = 4096;

	private final List<Shard> shards = new ArrayList<>();

	/** Of all but the first; a thread each. */
	private final List<ExecutorService> threads = new ArrayList<>();

	private final float[] sum = new float[PIECE];

	private final float[] part = new float[PIECE];

	Shards(ComputationGraphConfiguration configuration, Function<Batch, GraphBatch> batches, int threads) {
		this.shards.add(new Shard(new TrainingGraph(configuration), batches));
		for (int i = 1; i < threads; i++) {
			this.shards
				.add(new Shard(new TrainingGraph(configuration.clone(), this.shards.get(0).graph().params()), batches));
			String name = "training-rows-" + i;
			this.threads.add(Executors.newSingleThreadExecutor((task) -> {
				Thread thread = new Thread(task, name);
				thread.setDaemon(true);
				return thread;
			}));
		}
	}

	/** The graph of the first rows, whose parameters are those of all. */
	TrainingGraph graph() {
		return this.shards.get(0).graph();
	}

	/** The gradient that {@link #run} has summed up. */
	Floats gradient() {
		return this.shards.get(0).gradient();
	}

	/**
	 * Runs over a window from the state before it to the state after it.
	 * @param seed of what is drawn; null where nothing is
	 * @param pass gives the summed loss and, if gradients are wanted, leaves that of it
	 * @param gradients whether to sum up the gradients
	 */
	Shard.Result run(Window window, @Nullable State before, @Nullable Long seed,
			ToDoubleBiFunction<TrainingGraph, GraphBatch> pass, boolean gradients) {
		int rows = window.batch().inputs().batch();
		int count = Math.min(this.shards.size(), rows);
		if (count == 1) {
			return this.shards.get(0).run(window, before, seed, pass);
		}
		List<Callable<Shard.Result>> tasks = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			int from = (int) ((long) rows * i / count);
			int to = (int) ((long) rows * (i + 1) / count);
			Shard shard = this.shards.get(i);
			Long ownSeed = (seed != null) ? seed + i * ROWS_SALT : null;
			Window part = new Window(window.batch().rows(from, to), window.targets(), window.backward());
			State state = (before != null) ? before.rows(from, to) : null;
			tasks.add(() -> shard.run(part, state, ownSeed, pass));
		}
		Shard.Result result = together(all(tasks), window);
		if (gradients) {
			for (int i = 1; i < count; i++) {
				add(this.shards.get(i).gradient());
			}
		}
		return result;
	}

	/** Runs all of them to their end, whatever becomes of one. */
	private <T> List<T> all(List<Callable<T>> tasks) {
		List<Future<T>> others = new ArrayList<>();
		for (int i = 1; i < tasks.size(); i++) {
			others.add(this.threads.get(i - 1).submit(tasks.get(i)));
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

	private static Shard.Result together(List<Shard.Result> results, Window window) {
		double loss = 0;
		double targets = 0;
		List<State> states = new ArrayList<>();
		for (Shard.Result result : results) {
			loss += result.loss();
			targets += 1 / result.lossScale();
			if (result.after() != null) {
				states.add(result.after());
			}
		}
		return new Shard.Result(loss, 1 / targets, window.isWhole() ? null : State.together(states));
	}

	private void add(Floats gradient) {
		Floats all = gradient();
		for (long from = 0; from < all.length(); from += PIECE) {
			int count = (int) Math.min(PIECE, all.length() - from);
			all.get(from, this.sum, 0, count);
			gradient.get(from, this.part, 0, count);
			for (int i = 0; i < count; i++) {
				this.sum[i] += this.part[i];
			}
			all.put(from, this.sum, 0, count);
		}
	}

	@Override
	public void close() {
		List<Callable<Boolean>> closing = new ArrayList<>();
		for (Shard shard : this.shards) {
			closing.add(() -> {
				shard.close();
				return true;
			});
		}
		all(closing);
		this.threads.forEach(ExecutorService::shutdown);
		Shard.release(graph().params());
	}

}
