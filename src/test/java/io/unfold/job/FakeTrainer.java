package io.unfold.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.unfold.data.DataRecord;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import io.unfold.task.Evaluation;
import io.unfold.training.Checkpoints;
import io.unfold.training.EpochMetrics;
import io.unfold.training.TrainedModel;
import io.unfold.training.Trainer;
import io.unfold.training.TrainingCancelledException;
import io.unfold.training.TrainingData;
import io.unfold.training.TrainingListener;
import io.unfold.training.TrainingListener.Progress;
import io.unfold.training.TrainingPlan;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Trains nothing: it reads the data, goes through the epochs as the real one does, with a
 * checkpoint after each, and does at each mini-batch what a test wants.
 */
public class FakeTrainer implements Trainer {

	/** What happens in a mini-batch; there is one in an epoch. */
	public interface MiniBatch {

		void run(int epoch, TrainingListener listener) throws Exception;

	}

	public volatile Estimate estimate = new Estimate(1234, 10, 5 << 20, 1.5);

	public volatile RuntimeException refusal;

	public volatile MiniBatch miniBatch = (epoch, listener) -> {
	};

	/** The epochs that were trained, of all jobs. */
	public final List<Integer> trained = new ArrayList<>();

	public volatile int memoryReleased;

	/** What the last job was trained on. */
	public volatile TrainingData data;

	@Override
	public Estimate estimate(TrainingPlan plan, TrainingData data) {
		try (Stream<DataRecord> records = data.examples().records()) {
			records.forEach((record) -> {
			});
		}
		if (this.refusal != null) {
			throw this.refusal;
		}
		return this.estimate;
	}

	@Override
	public TrainedModel train(TrainingPlan plan, TrainingData data, TrainingListener listener,
			Checkpoints checkpoints) {
		this.data = data;
		int epochs = plan.training().epochs();
		List<EpochMetrics> history = new ArrayList<>();
		checkpoints.latest().ifPresent((checkpoint) -> history.addAll(checkpoint.history()));
		for (int epoch = history.size() + 1; epoch <= epochs; epoch++) {
			if (listener.cancelled()) {
				throw new TrainingCancelledException();
			}
			runMiniBatch(epoch, listener);
			this.trained.add(epoch);
			listener.progress(new Progress((double) epoch / epochs, epoch, epochs, "epoch " + epoch));
			EpochMetrics metrics = new EpochMetrics(epoch, 1.0 / epoch, (epoch > 1) ? 2.0 / epoch : null, null, 100,
					0.01, null, null);
			history.add(metrics);
			listener.epoch(metrics);
			checkpoints.save(FileCheckpointsTest.checkpoint(history));
		}
		return model(plan, history);
	}

	/** What it would have trained. */
	static TrainedModel model(TrainingPlan plan, List<EpochMetrics> history) {
		return new TrainedModel(plan.task(), StackSpec.standard(), plan.training(),
				JsonNodeFactory.instance.objectNode(),
				new Tensors(Map.of("w", new Tensor(new int[] { 1 }, new float[] { 1 }))), 1, evaluation(), history);
	}

	private void runMiniBatch(int epoch, TrainingListener listener) {
		try {
			this.miniBatch.run(epoch, listener);
		}
		catch (RuntimeException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** With a figure that JSON has not. */
	private static Evaluation evaluation() {
		return new Evaluation("validation", 5, Map.of("rmse", 0.5, "mape", Double.NaN),
				new Evaluation.Baseline("naive", Map.of("rmse", 1.0)), 0.5);
	}

	@Override
	public void releaseMemory() {
		this.memoryReleased++;
	}

}
