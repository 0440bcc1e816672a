package io.unfold.training;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;

import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.ServingNetwork;
import io.unfold.nn.network.SolvableNetwork;
import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.problem.InvalidRequestException;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
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

	private final LongSupplier nanoTime;

	public MiniBatchTrainer() {
		this(System::nanoTime);
	}

	/**
	 * @param nanoTime a clock, of which only differences count
	 */
	MiniBatchTrainer(LongSupplier nanoTime) {
		this.nanoTime = nanoTime;
	}

	@Override
	public Estimate estimate(TrainingPlan plan, TrainingData data) {
		PreparedTask<?> task = plan.prepare(data);
		TrainingSpec training = plan.resolved(task).training();
		Examples examples = task.training().forBatches(training.batchSize());
		Examples validation = task.validation().forBatches(training.batchSize());
		int batch = Math.min(training.batchSize(), examples.size());
		Architecture<?> architecture = task.architecture();
		if (training.labelSmoothing() > 0) {
			requireClasses(architecture);
		}
		if (training.scheduledSampling() != null && !architecture.readsItsAnswers()) {
			throw new InvalidRequestException("/training/scheduledSampling",
					"cannot be used with this task: it is for decoders that write token by token, as in translation");
		}
		int steps = Math.max(longest(examples), longest(validation));
		int decoderSteps = Math.max(longestDecoder(examples), longestDecoder(validation));
		TruncatedBptt bptt = training.truncatedBptt();
		if (bptt != null) {
			requireWindows(architecture);
		}
		double meanSteps = IntStream.range(0, examples.size()).map(examples::steps).average().orElse(0);
		double meanDecoderSteps = IntStream.range(0, examples.size()).map(examples::decoderSteps).average().orElse(0);
		double flops = architecture.trainingFlops(batch, (int) Math.ceil(meanSteps), (int) Math.ceil(meanDecoderSteps),
				bptt);
		double batches = Math.ceil((double) examples.size() / batch) * architecture.passes(training.epochs());
		double windows = (bptt != null) ? Math.ceil(meanSteps / bptt.forward()) : 1;
		double seconds = batches * (flops / FLOPS_PER_SECOND + windows * STEP_OVERHEAD_SECONDS);
		if (training.maxSeconds() != null) {
			seconds = Math.min(seconds, training.maxSeconds());
		}
		int held = (bptt != null && examples.cutFromData()) ? Math.min(steps, bptt.forward()) : steps;
		return new Estimate(architecture.parameterCount(),
				IntStream.range(0, examples.size()).map(examples::counted).sum(),
				architecture.trainingBytes(batch, held, decoderSteps, bptt), seconds);
	}

	private static void requireWindows(Architecture<?> architecture) {
		String reason = architecture.whyWhole();
		if (reason != null) {
			throw new InvalidRequestException("/training/truncatedBptt",
					"cannot be used with this network: " + reason + "; leave it out to train through whole sequences");
		}
	}

	private static void requireClasses(Architecture<?> architecture) {
		if (architecture.output().kind() != Output.Kind.CLASSES) {
			throw new InvalidRequestException("/training/labelSmoothing",
					"cannot be used with this task: it answers numbers, and no labels");
		}
		if (architecture.solvable(0).isPresent()) {
			throw new InvalidRequestException("/training/labelSmoothing",
					"cannot be used with reservoirs, which are trained in closed form, without this loss");
		}
	}

	private static int longest(Examples examples) {
		return IntStream.range(0, examples.size()).map(examples::steps).max().orElse(0);
	}

	private static int longestDecoder(Examples examples) {
		return IntStream.range(0, examples.size()).map(examples::decoderSteps).max().orElse(0);
	}

	@Override
	public TrainedModel train(TrainingPlan plan, TrainingData data, TrainingListener listener,
			Checkpoints checkpoints) {
		listener.progress(new TrainingListener.Progress(0, 0, plan.training().epochs(), "reading the data"));
		PreparedTask<?> task = plan.prepare(data);
		return train(plan.resolved(task), task, listener, checkpoints);
	}

	private <S extends ServingNetwork> TrainedModel train(TrainingPlan plan, PreparedTask<S> task,
			TrainingListener listener, Checkpoints checkpoints) {
		TrainingSpec training = plan.training();
		Architecture<S> architecture = task.architecture();
		Optional<SolvableNetwork<S>> solvable = architecture.solvable(training.seed());
		if (solvable.isPresent()) {
			try (SolvableNetwork<S> network = solvable.get()) {
				ClosedFormRun run = new ClosedFormRun(training, task, network, listener, this.nanoTime);
				return model(plan, task, run.run(), run.history());
			}
		}
		try (TrainableNetwork<S> network = architecture.trainable(training.learning())) {
			if (plan.start() != null) {
				network.restore(plan.start().parameters(), network.optimizerState());
			}
			TrainingRun run = new TrainingRun(training, task, network, listener, checkpoints, this.nanoTime);
			try {
				return model(plan, task, run.run(), run.history());
			}
			catch (TrainingFailedException ex) {
				Tensors best = run.best();
				if (best == null) {
					throw ex;
				}
				throw new TrainingFailedException(String.valueOf(ex.getMessage()),
						model(plan, task, best, run.history()));
			}
		}
	}

	private static <S extends ServingNetwork> TrainedModel model(TrainingPlan plan, PreparedTask<S> task,
			Tensors parameters, List<EpochMetrics> history) {
		Architecture<S> architecture = task.architecture();
		S network = architecture.serving(parameters);
		PreparedTask<S> calibrated = task.calibrated(network);
		return new TrainedModel(plan.task(), task.network(), plan.training(),
				JsonMapper.shared().valueToTree(calibrated.fitted()), parameters, architecture.parameterCount(),
				calibrated.evaluate(network), history);
	}

}
