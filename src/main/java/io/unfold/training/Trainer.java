package io.unfold.training;

import io.unfold.data.DataSource;
import io.unfold.nn.network.NativeMemory;

/** Turns a plan and data into a model. */
public interface Trainer {

	/**
	 * Checks all that can be checked without training: that the data is what the task
	 * reads, and that the network fits the task.
	 * @throws io.unfold.problem.InvalidRequestException with pointers into the job's
	 * request: {@code /task/...}, {@code /network/...}, {@code /training/...}, or with
	 * lines of the data
	 */
	Estimate estimate(TrainingPlan plan, TrainingData data);

	/** The same, on data of which shares are held out. */
	default Estimate estimate(TrainingPlan plan, DataSource data) {
		return estimate(plan, TrainingData.of(data));
	}

	/**
	 * Trains on the calling thread, from the latest checkpoint if there is one.
	 * @throws TrainingFailedException when the numbers went bad; with the best model so
	 * far, if an epoch has ended well before
	 * @throws TrainingCancelledException when the listener asked to stop; it does so
	 * within a mini-batch
	 */
	TrainedModel train(TrainingPlan plan, TrainingData data, TrainingListener listener, Checkpoints checkpoints);

	/** The same, on data of which shares are held out. */
	default TrainedModel train(TrainingPlan plan, DataSource data, TrainingListener listener, Checkpoints checkpoints) {
		return train(plan, TrainingData.of(data), listener, checkpoints);
	}

	/**
	 * Frees native memory that the calling thread holds for training: to be called after
	 * {@link #train} ended with an {@link OutOfMemoryError}.
	 */
	default void releaseMemory() {
		NativeMemory.releaseOfThread();
	}

	/**
	 * What training will take.
	 *
	 * @param parameters number of parameters, trained and fixed
	 * @param examples examples trained on; of a language model, tokens
	 * @param memoryBytes memory that training takes at most, in bytes, estimated
	 * @param seconds wall-clock time of all epochs, in seconds, estimated
	 */
	record Estimate(long parameters, int examples, long memoryBytes, double seconds) {
	}

}
