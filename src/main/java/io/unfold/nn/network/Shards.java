package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import java.util.function.Function;

import io.unfold.nn.cell.Floats;
import io.unfold.nn.layer.Judgement;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * A mini-batch's rows divided over threads: the first rows on the calling thread, the
 * others each on one of their own. The parts are always the same and are added in the
 * same order, so that a seed and a number of threads decide the result bit for bit.
 */
final class Shards implements AutoCloseable {

	private static final long ROWS_SALT = 0x94D049BB133111EBL;

	private final List<Shard> shards = new ArrayList<>();

	private final Threads threads;

	Shards(ComputationGraphConfiguration configuration, Function<Batch, GraphBatch> batches, int threads) {
		this.threads = new Threads(threads);
		this.shards.add(new Shard(new TrainingGraph(configuration), batches));
		for (int i = 1; i < threads; i++) {
			this.shards
				.add(new Shard(new TrainingGraph(configuration.clone(), this.shards.get(0).graph().params()), batches));
		}
	}

	/** What runs them. */
	Threads threads() {
		return this.threads;
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
	 * @param pass judges the answers and, if gradients are wanted, leaves that of the
	 * loss
	 * @param gradients whether to sum up the gradients
	 */
	Shard.Result run(Window window, @Nullable State before, @Nullable Long seed,
			BiFunction<TrainingGraph, GraphBatch, Judgement> pass, boolean gradients) {
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
		Shard.Result result = together(this.threads.all(tasks), window);
		if (gradients) {
			add(this.shards.subList(1, count).stream().map(Shard::gradient).toList());
		}
		return result;
	}

	private static Shard.Result together(List<Shard.Result> results, Window window) {
		Judgement judgement = Judgement.NONE;
		double targets = 0;
		List<State> states = new ArrayList<>();
		for (Shard.Result result : results) {
			judgement = judgement.and(result.judgement());
			targets += 1 / result.lossScale();
			if (result.after() != null) {
				states.add(result.after());
			}
		}
		return new Shard.Result(judgement, 1 / targets, window.isWhole() ? null : State.together(states));
	}

	private void add(List<Floats> others) {
		this.threads.divide(gradient().length(), (from, to, scratch) -> {
			Floats all = Threads.part(gradient(), from, to);
			for (Floats other : others) {
				add(Threads.part(other, from, to), all, scratch[0], scratch[1]);
			}
		});
	}

	private static void add(Floats gradient, Floats all, float[] some, float[] sum) {
		for (long from = 0; from < all.length(); from += Threads.PIECE) {
			int count = (int) Math.min(Threads.PIECE, all.length() - from);
			all.get(from, sum, 0, count);
			gradient.get(from, some, 0, count);
			for (int i = 0; i < count; i++) {
				sum[i] += some[i];
			}
			all.put(from, sum, 0, count);
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
		this.threads.all(closing);
		this.threads.close();
		Shard.release(graph().params());
	}

}
