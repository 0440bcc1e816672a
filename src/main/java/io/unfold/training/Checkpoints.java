package io.unfold.training;

import java.util.List;
import java.util.Optional;

import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.TrainableNetwork.OptimizerState;
import org.jspecify.annotations.Nullable;

/**
 * Where a job's checkpoints are kept, so that a job that was interrupted goes on from the
 * last.
 */
public interface Checkpoints {

	Optional<Checkpoint> latest();

	/**
	 * Replaces the latest checkpoint; atomic: after a crash there is either the old one
	 * or the new one.
	 */
	void save(Checkpoint checkpoint);

	/** Keeps nothing. */
	static Checkpoints none() {
		return new Checkpoints() {
			@Override
			public Optional<Checkpoint> latest() {
				return Optional.empty();
			}

			@Override
			public void save(Checkpoint checkpoint) {
			}
		};
	}

	/**
	 * Training between two epochs.
	 *
	 * @param parameters as they are
	 * @param optimizerState as it is
	 * @param bestParameters those of the lowest validation loss so far, or of the last
	 * epoch where nothing is held out; null before there are any
	 * @param history figures of the epochs so far
	 */
	record Checkpoint(Tensors parameters, OptimizerState optimizerState, @Nullable Tensors bestParameters,
			List<EpochMetrics> history) {
	}

}
