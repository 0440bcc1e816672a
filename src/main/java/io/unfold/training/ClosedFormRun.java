package io.unfold.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.stream.IntStream;

import io.unfold.data.LengthBucketing;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SolvableNetwork;
import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.UnsolvableException;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.training.TrainingListener.Progress;

/**
 * One training of a network that is trained in closed form: a pass or two over the
 * examples, which are one epoch. It keeps no checkpoints: a training that was interrupted
 * begins anew.
 */
final class ClosedFormRun {

	private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private final TrainingSpec spec;

	private final PreparedTask<?> task;

	private final SolvableNetwork<?> network;

	private final TrainingListener listener;

	private final List<EpochMetrics> history = new ArrayList<>();

	private final LongSupplier nanoTime;

	private final Budget budget;

	private long lastProgress;

	ClosedFormRun(TrainingSpec spec, PreparedTask<?> task, SolvableNetwork<?> network, TrainingListener listener,
			LongSupplier nanoTime) {
		this.spec = spec;
		this.task = task;
		this.network = network;
		this.listener = listener;
		this.nanoTime = nanoTime;
		this.budget = new Budget(1, spec.maxSeconds(), nanoTime);
		this.lastProgress = nanoTime.getAsLong() - PROGRESS_NANOS;
	}

	/** Trains to the end, and returns the parameters to keep. */
	Tensors run() {
		int examples = 0;
		for (int pass = 0; pass < this.network.passes(); pass++) {
			examples += pass(pass);
		}
		double trainSeconds = this.budget.seconds();
		MeanLoss validation = validation();
		Double validationLoss = validation.meanOrNull();
		boolean classes = this.task.architecture().output().kind() == Output.Kind.CLASSES;
		EpochMetrics metrics = new EpochMetrics(1, this.network.trainLoss(),
				(validationLoss != null && Double.isFinite(validationLoss)) ? validationLoss : null,
				classes ? validation.accuracyOrNull() : null, examples / Math.max(trainSeconds, 1e-9),
				this.budget.seconds(), null, null);
		this.history.add(metrics);
		this.listener.epoch(metrics);
		stopIfCancelled();
		this.listener.progress(new Progress(1, 1, 1, "evaluating"));
		return solvable("the solution", this.network::parameters);
	}

	List<EpochMetrics> history() {
		return List.copyOf(this.history);
	}

	/** Ends early when time is up: the sums so far have a solution too. */
	private int pass(int pass) {
		Examples examples = this.task.training().forBatches(this.spec.batchSize());
		List<int[]> batches = batches(examples, this.spec.batchSize());
		int seen = 0;
		for (int i = 0; i < batches.size() && !(i > 0 && this.budget.isTimeUp()); i++) {
			stopIfCancelled();
			progress((pass + (double) seen / examples.size()) / this.network.passes());
			int[] rows = batches.get(i);
			solvable("mini-batch " + (i + 1), () -> {
				this.network.add(examples.batch(rows));
				return rows;
			});
			seen += rows.length;
		}
		stopIfCancelled();
		solvable("the solution", () -> {
			this.network.endPass();
			return pass;
		});
		return seen;
	}

	private static <T> T solvable(String where, Supplier<T> work) {
		try {
			return work.get();
		}
		catch (UnsolvableException ex) {
			throw new TrainingFailedException("training in closed form failed at " + where + ": " + ex.getMessage());
		}
	}

	private MeanLoss validation() {
		Examples examples = this.task.validation().forBatches(this.spec.batchSize());
		MeanLoss loss = new MeanLoss();
		for (int[] rows : batches(examples, this.spec.batchSize())) {
			stopIfCancelled();
			int count = IntStream.of(rows).map(examples::targets).sum();
			if (count > 0) {
				loss.add(this.network.judge(examples.batch(rows)), count);
			}
		}
		return loss;
	}

	private List<int[]> batches(Examples examples, int batchSize) {
		return new LengthBucketing(examples.size(), examples::steps, batchSize, this.spec.seed()).epoch(0);
	}

	private void progress(double fraction) {
		long now = this.nanoTime.getAsLong();
		if (now - this.lastProgress >= PROGRESS_NANOS) {
			this.lastProgress = now;
			this.listener.progress(new Progress(fraction, 1, 1, "training in closed form"));
		}
	}

	private void stopIfCancelled() {
		if (this.listener.cancelled()) {
			throw new TrainingCancelledException();
		}
	}

}
