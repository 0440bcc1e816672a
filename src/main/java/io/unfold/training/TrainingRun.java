package io.unfold.training;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import io.unfold.data.LengthBucketing;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.State;
import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.nn.network.TrainableNetwork.Pass;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.nn.network.Window;
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

	private final Examples training;

	private final Examples validation;

	private final TrainableNetwork<?> network;

	private final TrainingListener listener;

	private final Checkpoints checkpoints;

	private final LongSupplier nanoTime;

	private final Budget budget;

	private final boolean classes;

	private final List<EpochMetrics> history = new ArrayList<>();

	private @Nullable Tensors best;

	private double learningRate;

	private long lastProgress;

	private long lastCheckpoint;

	TrainingRun(TrainingSpec spec, PreparedTask<?> task, TrainableNetwork<?> network, TrainingListener listener,
			Checkpoints checkpoints, LongSupplier nanoTime) {
		this.spec = spec;
		this.task = task;
		this.training = task.training();
		this.validation = task.validation();
		this.classes = task.architecture().output().kind() == Output.Kind.CLASSES;
		this.network = network;
		this.listener = listener;
		this.checkpoints = checkpoints;
		this.nanoTime = nanoTime;
		this.budget = new Budget(spec.epochs(), spec.maxSeconds(), nanoTime);
		this.lastProgress = nanoTime.getAsLong() - PROGRESS_NANOS;
		this.lastCheckpoint = nanoTime.getAsLong() - CHECKPOINT_NANOS;
	}

	/** Trains to the end, and returns the parameters to keep. */
	Tensors run() {
		this.checkpoints.latest().ifPresent((checkpoint) -> {
			this.network.restore(checkpoint.parameters(), checkpoint.optimizerState());
			this.best = checkpoint.bestParameters();
			this.history.addAll(checkpoint.history());
		});
		this.budget.begin(this.history);
		while (this.history.size() < this.spec.epochs() && !this.budget.isTimeUp() && !outOfPatience()) {
			EpochMetrics metrics = epoch(this.history.size() + 1);
			if (isBest(metrics)) {
				this.best = this.network.parameters();
			}
			this.history.add(metrics);
			this.listener.epoch(metrics);
			checkpoint();
		}
		stopIfCancelled();
		this.listener.progress(new Progress(1, this.history.size(), this.spec.epochs(), "evaluating"));
		return (this.best != null && keepsBest()) ? this.best : this.network.parameters();
	}

	/**
	 * The parameters of the epoch with the lowest validation loss so far, or of the last
	 * one where nothing is held out; null before there are any.
	 */
	@Nullable Tensors best() {
		return this.best;
	}

	List<EpochMetrics> history() {
		return List.copyOf(this.history);
	}

	private EpochMetrics epoch(int epoch) {
		Examples examples = this.training.forBatches(this.spec.batchSize());
		List<int[]> batches = batches(examples, this.spec.batchSize(), epoch - 1);
		double start = this.budget.seconds();
		double ofEpoch = this.spec.learningRateSchedule().ofEpoch(this.spec.optimizer().learningRate(), this.history);
		MeanLoss loss = new MeanLoss();
		double trained = 0;
		for (int i = 0; i < batches.size() && !timeIsUp(loss); i++) {
			List<Window> windows = windows(examples, batches.get(i));
			double each = (double) IntStream.of(batches.get(i)).map(examples::counted).sum() / windows.size();
			State state = null;
			for (int w = 0; w < windows.size() && !timeIsUp(loss); w++) {
				stopIfCancelled();
				double progress = this.budget.progress(epoch - 1 + (i + (double) w / windows.size()) / batches.size());
				tell(progress, epoch);
				schedule(ofEpoch, progress);
				Pass pass = this.network.fit(windows.get(w), state);
				requireFinite(pass.loss(), "the loss", "in epoch " + epoch + ", mini-batch " + (i + 1));
				loss.add(pass, windows.get(w).targets());
				state = pass.after();
				trained += each;
			}
		}
		double trainSeconds = this.budget.seconds() - start;
		MeanLoss validation = validation(epoch);
		return new EpochMetrics(epoch, loss.mean(), validation.meanOrNull(),
				this.classes ? validation.accuracyOrNull() : null, trained / Math.max(trainSeconds, 1e-9),
				this.budget.seconds() - start, this.learningRate, loss.meanNorm());
	}

	private void schedule(double ofEpoch, double progress) {
		this.learningRate = this.spec.learningRateSchedule().rate(ofEpoch, this.network.iteration(), progress);
		this.network.setLearningRate(this.learningRate);
		ScheduledSampling sampling = this.spec.scheduledSampling();
		if (sampling != null) {
			this.network.setScheduledSampling(sampling.probability(progress));
		}
	}

	/** Never before something was learned. */
	private boolean timeIsUp(MeanLoss loss) {
		return loss.any() && this.budget.isTimeUp();
	}

	private MeanLoss validation(int epoch) {
		// in windows memory counts, and the estimate is of training's mini-batches
		int size = (this.spec.truncatedBptt() != null) ? this.spec.batchSize() : VALIDATION_BATCH;
		Examples examples = this.validation.forBatches(size);
		MeanLoss loss = new MeanLoss();
		if (examples.size() == 0) {
			return loss;
		}
		for (int[] rows : batches(examples, size, 0)) {
			State state = null;
			for (Window window : windows(examples, rows)) {
				stopIfCancelled();
				Pass pass = this.network.loss(window, state);
				loss.add(pass, window.targets());
				state = pass.after();
			}
		}
		requireFinite(loss.mean(), "the validation loss", "after epoch " + epoch);
		return loss;
	}

	/** The pieces in which a mini-batch is run: one, unless gradients are cut. */
	private List<Window> windows(Examples examples, int[] rows) {
		TruncatedBptt bptt = this.spec.truncatedBptt();
		return (bptt != null) ? examples.windows(this.task.architecture(), bptt, rows)
				: List.of(Window.whole(examples.batch(rows), IntStream.of(rows).map(examples::targets).sum()));
	}

	private List<int[]> batches(Examples examples, int batchSize, int epoch) {
		return new LengthBucketing(examples.size(), (i) -> examples.steps(i) + examples.decoderSteps(i), batchSize,
				this.spec.seed())
			.epoch(epoch);
	}

	private void requireFinite(double loss, String which, String where) {
		if (!Double.isFinite(loss)) {
			throw new TrainingFailedException(which + " became " + loss + " " + where + ", at learning rate "
					+ this.learningRate + "; a lower learning rate or a lower gradientClipping.globalNorm may help");
		}
	}

	private boolean isBest(EpochMetrics metrics) {
		Double loss = metrics.validationLoss();
		return loss == null || this.history.stream()
			.map(EpochMetrics::validationLoss)
			.allMatch((earlier) -> earlier == null || loss < earlier);
	}

	private boolean outOfPatience() {
		return this.spec.earlyStopping() != null && this.spec.earlyStopping().isOver(this.history);
	}

	/** An epoch that was cut short by the budget may be worse than those before. */
	private boolean keepsBest() {
		return this.spec.earlyStopping() != null || this.spec.maxSeconds() != null;
	}

	private void tell(double fraction, int epoch) {
		long now = this.nanoTime.getAsLong();
		if (now - this.lastProgress < PROGRESS_NANOS) {
			return;
		}
		this.lastProgress = now;
		this.listener.progress(new Progress(fraction, epoch, this.spec.epochs(), "training"));
	}

	private void checkpoint() {
		long now = this.nanoTime.getAsLong();
		if (now - this.lastCheckpoint >= CHECKPOINT_NANOS) {
			this.checkpoints.save(new Checkpoints.Checkpoint(this.network.parameters(), this.network.optimizerState(),
					this.best, history()));
			this.lastCheckpoint = this.nanoTime.getAsLong();
		}
	}

	private void stopIfCancelled() {
		if (this.listener.cancelled()) {
			throw new TrainingCancelledException();
		}
	}

}
