package io.unfold.training;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import io.unfold.data.DataSource;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.ServingNetwork;
import io.unfold.nn.network.SolvableNetwork;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Trains on mini-batches: by gradient descent, epoch by epoch, or in closed form where
 * the network allows it.
 */
public final class MiniBatchTrainer implements Trainer {

	/**
	 * Floating-point operations per second that one core was seen to sustain in whole
	 * training steps.
	 */
	private static final double FLOPS_PER_SECOND = 3e10;

	/** What a training step takes beside its arithmetic, in seconds. */
	private static final double STEP_OVERHEAD_SECONDS = 1e-3;

	@Override
	public Estimate estimate(TrainingPlan plan, DataSource data) {
		PreparedTask<?> task = plan.prepare(data);
		TrainingSpec training = plan.training();
		Examples examples = task.training();
		int batch = Math.min(training.batchSize(), examples.size());
		Architecture<?> architecture = task.architecture();
		int steps = Math.max(longest(examples), longest(task.validation()));
		int decoderSteps = Math.max(longestDecoder(examples), longestDecoder(task.validation()));
		requireGradients(training.truncatedBptt(), task.network());
		requireWhole(training.truncatedBptt(), Math.max(steps, decoderSteps));
		double meanSteps = IntStream.range(0, examples.size()).map(examples::steps).average().orElse(0);
		double meanDecoderSteps = IntStream.range(0, examples.size()).map(examples::decoderSteps).average().orElse(0);
		double flops = architecture.trainingFlops(batch, (int) Math.ceil(meanSteps), (int) Math.ceil(meanDecoderSteps));
		double batches = Math.ceil((double) examples.size() / batch) * architecture.passes(training.epochs());
		double seconds = batches * (flops / FLOPS_PER_SECOND + STEP_OVERHEAD_SECONDS);
		if (training.maxSeconds() != null) {
			seconds = Math.min(seconds, training.maxSeconds());
		}
		return new Estimate(architecture.parameterCount(), examples.size(),
				architecture.trainingBytes(batch, steps, decoderSteps), seconds);
	}

	private static void requireGradients(TrainingSpec.@Nullable TruncatedBptt bptt, NetworkSpec network) {
		if (bptt != null && network instanceof StackSpec stack && stack.readout() != null) {
			throw new InvalidRequestException("/training/truncatedBptt",
					"has no meaning for reservoirs, which are trained in closed form, without gradients; leave it out");
		}
	}

	private static void requireWhole(TrainingSpec.@Nullable TruncatedBptt bptt, int steps) {
		if (bptt != null && steps > bptt.backward()) {
			throw new InvalidRequestException("/training/truncatedBptt/backward", "must be at least " + steps
					+ ", the steps of the longest sequence: gradients are not cut within a sequence yet; leave truncatedBptt out to train through whole sequences");
		}
	}

	private static int longest(Examples examples) {
		return IntStream.range(0, examples.size()).map(examples::steps).max().orElse(0);
	}

	private static int longestDecoder(Examples examples) {
		return IntStream.range(0, examples.size()).map(examples::decoderSteps).max().orElse(0);
	}

	@Override
	public TrainedModel train(TrainingPlan plan, DataSource data, TrainingListener listener, Checkpoints checkpoints) {
		listener.progress(new TrainingListener.Progress(0, 0, plan.training().epochs(), "reading the data"));
		return train(plan, plan.prepare(data), listener, checkpoints);
	}

	private <S extends ServingNetwork> TrainedModel train(TrainingPlan plan, PreparedTask<S> task,
			TrainingListener listener, Checkpoints checkpoints) {
		TrainingSpec training = plan.training();
		Architecture<S> architecture = task.architecture();
		Optional<SolvableNetwork<S>> solvable = architecture.solvable(training.seed());
		if (solvable.isPresent()) {
			try (SolvableNetwork<S> network = solvable.get()) {
				ClosedFormRun run = new ClosedFormRun(training, task, network, listener);
				return trained(plan, task, run.run(), run.history());
			}
		}
		try (TrainableNetwork<S> network = architecture.trainable(training.optimizer(), training.gradientClipping(),
				training.seed())) {
			TrainingRun run = new TrainingRun(training, task, network, listener, checkpoints);
			return trained(plan, task, run.run(), run.history());
		}
	}

	private static <S extends ServingNetwork> TrainedModel trained(TrainingPlan plan, PreparedTask<S> task,
			Tensors parameters, List<EpochMetrics> history) {
		Architecture<S> architecture = task.architecture();
		return new TrainedModel(plan.task(), task.network(), plan.training(),
				JsonMapper.shared().valueToTree(task.fitted()), parameters, architecture.parameterCount(),
				task.evaluate(architecture.serving(parameters)), history);
	}

}
