package io.unfold.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.unfold.data.LengthBucketing;
import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.training.TrainingListener.Progress;
import org.jspecify.annotations.Nullable;

/** One training of one network, from its first epoch or from a checkpoint to its last. */
final class TrainingRun {

	private static final long PROGRESS_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

	private static final long CHECKPOINT_NANOS = TimeUnit.SECONDS.toNanos(5);

	/** Validation needs no gradients, and so takes larger mini-batches than training. */
	private static final int VALIDATION_BATCH = 128;

	private final TrainingSpec spec;

	private final PreparedTask<?> task;

	private final TrainableNetwork<?> network;

	private final TrainingListener listener;

	private final Checkpoints checkpoints;

	private final List<EpochMetrics> history = new ArrayList<>();

	private @Nullable Tensors best;

	private long lastProgress = System.nanoTime() - PROGRESS_NANOS;

	private long lastCheckpoint = System.nanoTime() - CHECKPOINT_NANOS;

	TrainingRun(TrainingSpec spec, PreparedTask<?> task, TrainableNetwork<?> network, TrainingListener listener,
			Checkpoints checkpoints) {
		this.spec = spec;
		this.task = task;
		this.network = network;
		this.listener = listener;
		this.checkpoints = checkpoints;
	}

	/** Trains to the end, and returns the parameters to keep. */
	Tensors run() {
		this.checkpoints.latest().ifPresent((checkpoint) -> {
			this.network.restore(checkpoint.parameters(), checkpoint.optimizerState());
			this.best = checkpoint.bestParameters();
			this.history.addAll(checkpoint.history());
		});
		while (this.history.size() < this.spec.epochs() && !outOfTime(0) && !outOfPatience()) {
			EpochMetrics metrics = epoch(this.history.size() + 1);
			if (this.spec.earlyStopping() != null && isBest(metrics)) {
				this.best = this.network.parameters();
			}
			this.history.add(metrics);
			this.listener.epoch(metrics);
			checkpoint();
		}
		stopIfCancelled();
		this.listener.progress(new Progress(1, this.history.size(), this.spec.epochs(), "evaluating"));
		return (this.best != null) ? this.best : this.network.parameters();
	}

	List<EpochMetrics> history() {
		return List.copyOf(this.history);
	}

	private EpochMetrics epoch(int epoch) {
		Examples examples = this.task.training();
		List<int[]> batches = batches(examples, this.spec.batchSize(), epoch - 1);
		long start = System.nanoTime();
		double loss = 0;
		long targets = 0;
		int trained = 0;
		for (int i = 0; i < batches.size() && !(i > 0 && outOfTime(System.nanoTime() - start)); i++) {
			stopIfCancelled();
			progress(epoch, (double) i / batches.size(), System.nanoTime() - start);
			int[] rows = batches.get(i);
			double batchLoss = this.network.fit(examples.batch(rows));
			requireFinite(batchLoss, epoch, i + 1);
			int count = IntStream.of(rows).map(examples::targets).sum();
			loss += batchLoss * count;
			targets += count;
			trained += rows.length;
		}
		double trainSeconds = seconds(System.nanoTime() - start);
		Double validationLoss = validationLoss();
		return new EpochMetrics(epoch, loss / targets, validationLoss, trained / Math.max(trainSeconds, 1e-9),
				seconds(System.nanoTime() - start));
	}

	private @Nullable Double validationLoss() {
		Examples examples = this.task.validation();
		if (examples.size() == 0) {
			return null;
		}
		double loss = 0;
		long targets = 0;
		for (int[] rows : batches(examples, VALIDATION_BATCH, 0)) {
			stopIfCancelled();
			int count = IntStream.of(rows).map(examples::targets).sum();
			loss += this.network.loss(examples.batch(rows)) * count;
			targets += count;
		}
		return Double.isFinite(loss) ? loss / targets : null;
	}

	private List<int[]> batches(Examples examples, int batchSize, int epoch) {
		int[] lengths = IntStream.range(0, examples.size())
			.map((i) -> examples.steps(i) + examples.decoderSteps(i))
			.toArray();
		return new LengthBucketing(lengths, batchSize, this.spec.seed()).epoch(epoch);
	}

	private void requireFinite(double loss, int epoch, int batch) {
		if (!Double.isFinite(loss)) {
			throw new TrainingFailedException("the loss became " + loss + " in epoch " + epoch + ", mini-batch " + batch
					+ ", at learning rate " + this.spec.optimizer().learningRate()
					+ "; a lower learning rate or a lower gradientClipping.globalNorm may help");
		}
	}

	private boolean isBest(EpochMetrics metrics) {
		Double loss = metrics.validationLoss();
		return loss != null && this.history.stream()
			.map(EpochMetrics::validationLoss)
			.allMatch((earlier) -> earlier == null || loss < earlier);
	}

	private boolean outOfPatience() {
		if (this.spec.earlyStopping() == null) {
			return false;
		}
		int bestEpoch = 0;
		double lowest = Double.POSITIVE_INFINITY;
		for (EpochMetrics metrics : this.history) {
			Double loss = metrics.validationLoss();
			if (loss != null && loss < lowest) {
				lowest = loss;
				bestEpoch = metrics.epoch();
			}
		}
		return this.history.size() - bestEpoch >= this.spec.earlyStopping().patience();
	}

	private boolean outOfTime(long nanosOfEpoch) {
		return this.spec.maxSeconds() != null && elapsedSeconds(nanosOfEpoch) >= this.spec.maxSeconds();
	}

	private double elapsedSeconds(long nanosOfEpoch) {
		return this.history.stream().mapToDouble(EpochMetrics::seconds).sum() + seconds(nanosOfEpoch);
	}

	private void progress(int epoch, double ofEpoch, long nanosOfEpoch) {
		long now = System.nanoTime();
		if (now - this.lastProgress < PROGRESS_NANOS) {
			return;
		}
		this.lastProgress = now;
		double fraction = (epoch - 1 + ofEpoch) / this.spec.epochs();
		if (this.spec.maxSeconds() != null) {
			fraction = Math.max(fraction, Math.min(1, elapsedSeconds(nanosOfEpoch) / this.spec.maxSeconds()));
		}
		this.listener.progress(new Progress(fraction, epoch, this.spec.epochs(), "training"));
	}

	private void checkpoint() {
		long now = System.nanoTime();
		if (now - this.lastCheckpoint >= CHECKPOINT_NANOS) {
			this.checkpoints.save(new Checkpoints.Checkpoint(this.network.parameters(), this.network.optimizerState(),
					this.best, history()));
			this.lastCheckpoint = System.nanoTime();
		}
	}

	private void stopIfCancelled() {
		if (this.listener.cancelled()) {
			throw new TrainingCancelledException();
		}
	}

	private static double seconds(long nanos) {
		return nanos / 1e9;
	}

}
