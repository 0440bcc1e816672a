package io.unfold.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;

import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceArchitecture;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.State;
import io.unfold.nn.network.StepInput;
import io.unfold.nn.network.Targets;
import io.unfold.nn.network.Tensor;
import io.unfold.nn.network.Tensors;
import io.unfold.nn.network.TrainableNetwork;
import io.unfold.nn.network.Window;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import io.unfold.training.Checkpoints.Checkpoint;
import io.unfold.training.TrainingSpec.EarlyStopping;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TrainingRunTest {

	private final Recorder recorder = new Recorder();

	private final Memory memory = new Memory();

	private final TenExamples task = new TenExamples();

	/** The time, which stands still unless a test moves it. */
	private long nanos;

	@Test
	void trainsOnEveryExampleInEveryEpoch() {
		CountingNetwork network = new CountingNetwork((iteration) -> 1.0);
		run(spec(3, null, null), network).run();
		assertThat(network.rows).isEqualTo(3 * 10);
		assertThat(this.recorder.epochs).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3);
	}

	@Test
	void endsWhenTheValidationLossHasNotFallenForAsLongAsPatienceAllowsAndKeepsTheBest() {
		double[] validation = { 5, 4, 3, 3.5, 3.2, 2, 1 };
		CountingNetwork network = new CountingNetwork((iteration) -> 1.0);
		network.validation = (epoch) -> validation[epoch - 1];
		Tensors kept = run(spec(7, new EarlyStopping(2, 0), null), network).run();
		assertThat(this.recorder.epochs).hasSize(5);
		assertThat(iterationOf(kept)).isEqualTo(3 * CountingNetwork.BATCHES);
	}

	@Test
	void aLossThatFallsByLessThanMinDeltaDoesNotCount() {
		List<EpochMetrics> history = new ArrayList<>();
		for (double loss : new double[] { 3, 2, 1.95, 1.91 }) {
			history.add(new EpochMetrics(history.size() + 1, 1, loss, null, 1, 1, null, null));
		}
		assertThat(new EarlyStopping(2, 0.1).isOver(history)).isTrue();
		assertThat(new EarlyStopping(2, 0.01).isOver(history)).isFalse();
		assertThat(new EarlyStopping(2, 0.1).isOver(history.subList(0, 3))).isFalse();
	}

	@Test
	void keepsTheBestEpochWhenTheBudgetHasEndedIt() {
		double[] validation = { 5, 2, 3 };
		CountingNetwork network = new CountingNetwork((iteration) -> {
			this.nanos += 1_000_000_000;
			return 1.0;
		});
		network.validation = (epoch) -> validation[epoch - 1];
		assertThat(iterationOf(run(spec(100, null, 9), network).run())).isEqualTo(2 * CountingNetwork.BATCHES);
		assertThat(this.recorder.epochs).hasSize(3);
	}

	@Test
	void keepsTheLastParametersWithoutEarlyStopping() {
		CountingNetwork network = new CountingNetwork((iteration) -> 1.0);
		network.validation = (epoch) -> epoch;
		assertThat(iterationOf(run(spec(4, null, null), network).run())).isEqualTo(4 * CountingNetwork.BATCHES);
	}

	@Test
	void failsWithEpochBatchAndLearningRateWhenTheLossIsNoLongerANumber() {
		CountingNetwork network = new CountingNetwork(
				(iteration) -> (iteration == CountingNetwork.BATCHES + 2) ? Double.NaN : 1.0);
		assertThatThrownBy(() -> run(spec(4, null, null), network).run()).isInstanceOf(TrainingFailedException.class)
			.hasMessageContaining("epoch 2, mini-batch 2")
			.hasMessageContaining("learning rate 0.001");
	}

	@Test
	void hasTheBestEpochsParametersWhenTheNumbersGoBad() {
		double[] validation = { 5, 2, 3 };
		CountingNetwork network = new CountingNetwork(
				(iteration) -> (iteration > 3 * CountingNetwork.BATCHES) ? Double.POSITIVE_INFINITY : 1.0);
		network.validation = (epoch) -> validation[epoch - 1];
		TrainingRun run = run(spec(9, null, null), network);
		assertThatThrownBy(run::run).isInstanceOf(TrainingFailedException.class)
			.hasMessageContaining("Infinity in epoch 4, mini-batch 1");
		assertThat(iterationOf(run.best())).isEqualTo(2 * CountingNetwork.BATCHES);
	}

	@Test
	void readsMoreOfItsOwnPredictionsAsTrainingGoesOn() {
		CountingNetwork network = new CountingNetwork((iteration) -> 1.0);
		TrainingSpec spec = read("""
				{"epochs": 4, "batchSize": 4, "scheduledSampling": {"probability": 0.6, "ramp": 0.5}}""");
		run(spec, network).run();
		int half = network.probabilities.size() / 2;
		assertThat(network.probabilities).isSorted().hasSize(4 * CountingNetwork.BATCHES);
		assertThat(network.probabilities.get(0)).isZero();
		assertThat(network.probabilities.get(half / 2)).isCloseTo(0.3, within(1e-9));
		assertThat(network.probabilities.subList(half, 2 * half)).containsOnly(0.6);
	}

	@Test
	void hasNoBestParametersBeforeAnEpochHasEndedWell() {
		TrainingRun run = run(spec(9, null, null), new CountingNetwork((iteration) -> Double.NaN));
		assertThatThrownBy(run::run).isInstanceOf(TrainingFailedException.class);
		assertThat(run.best()).isNull();
	}

	@Test
	void failsWhenTheValidationLossIsNoLongerANumber() {
		CountingNetwork network = new CountingNetwork((iteration) -> 1.0);
		network.validation = (epoch) -> (epoch < 3) ? epoch : Double.NaN;
		TrainingRun run = run(spec(9, null, null), network);
		assertThatThrownBy(run::run).isInstanceOf(TrainingFailedException.class)
			.hasMessageContaining("the validation loss became NaN after epoch 3, at learning rate 0.001");
		assertThat(iterationOf(run.best())).isEqualTo(CountingNetwork.BATCHES);
		assertThat(run.history()).hasSize(2);
	}

	@Test
	void hasTheLastEpochsParametersWhereNothingIsHeldOut() {
		this.task.validation = 0;
		CountingNetwork network = new CountingNetwork(
				(iteration) -> (iteration > 2 * CountingNetwork.BATCHES) ? Double.NaN : 1.0);
		TrainingRun run = run(spec(9, null, null), network);
		assertThatThrownBy(run::run).isInstanceOf(TrainingFailedException.class);
		assertThat(iterationOf(run.best())).isEqualTo(2 * CountingNetwork.BATCHES);
	}

	@Test
	void goesOnWithTheBestOfTheCheckpoint() {
		this.memory.latest = new Checkpoint(parameters(3), new TrainableNetwork.OptimizerState(3, new float[0]),
				parameters(2), List.of(new EpochMetrics(1, 1, 0.1, null, 1, 3.5, null, null)));
		TrainingRun run = run(spec(9, null, null), new CountingNetwork((iteration) -> Double.NaN));
		assertThatThrownBy(run::run).isInstanceOf(TrainingFailedException.class);
		assertThat(iterationOf(run.best())).isEqualTo(2);
	}

	@Test
	void trainsInWindowsWithTheStateGoingFromEachToTheNext() {
		List<String> seen = new ArrayList<>();
		CountingNetwork network = new CountingNetwork((iteration) -> iteration) {
			@Override
			public Pass fit(Window window, State before) {
				seen.add(window.batch().inputs().steps() + " after "
						+ ((before != null) ? before.parts().get(0)[0] : "nothing"));
				Pass pass = super.fit(window, before);
				return new Pass(pass.loss(), new State(1, List.of(new float[] { seen.size() })));
			}
		};
		this.task.steps = 5;
		this.task.architecture = new SequenceArchitecture(new StepInput.Tokens(10), StackSpec.standard(),
				new Output(Output.Kind.CLASSES, 10, true));
		TrainingSpec spec = read("""
				{"epochs": 1, "batchSize": 10, "truncatedBptt": {"forward": 2, "backward": 1}}""");
		run(spec, network).run();
		assertThat(seen).containsExactly("2 after nothing", "2 after 1.0", "1 after 2.0");
		// losses 1, 2 and 3 of 20, 20 and 10 targets
		assertThat(this.recorder.epochs.get(0).trainLoss()).isEqualTo(90.0 / 50);
	}

	@Test
	void stopsBeforeTheNextWindowWhenCancelled() {
		this.task.steps = 5;
		this.task.architecture = new SequenceArchitecture(new StepInput.Tokens(10), StackSpec.standard(),
				new Output(Output.Kind.CLASSES, 10, true));
		CountingNetwork network = new CountingNetwork((iteration) -> {
			this.recorder.cancelled = iteration == 2;
			return 1.0;
		});
		TrainingSpec spec = read("""
				{"epochs": 1, "batchSize": 10, "truncatedBptt": {"forward": 2, "backward": 1}}""");
		assertThatThrownBy(() -> run(spec, network).run()).isInstanceOf(TrainingCancelledException.class);
		assertThat(network.iteration).isEqualTo(2);
	}

	@Test
	void stopsBeforeTheNextMiniBatchWhenCancelled() {
		CountingNetwork network = new CountingNetwork((iteration) -> {
			this.recorder.cancelled = iteration == 2;
			return 1.0;
		});
		assertThatThrownBy(() -> run(spec(4, null, null), network).run())
			.isInstanceOf(TrainingCancelledException.class);
		assertThat(network.iteration).isEqualTo(2);
	}

	@Test
	void endsWithTheEpochInWhichItsTimeIsUp() {
		CountingNetwork network = new CountingNetwork((iteration) -> 1.0);
		this.memory.latest = new Checkpoint(parameters(8), new TrainableNetwork.OptimizerState(8, new float[0]), null,
				List.of(new EpochMetrics(1, 1, 1.0, null, 1, 3.5, null, null),
						new EpochMetrics(2, 1, 1.0, null, 1, 3.5, null, null)));
		TrainingRun run = run(spec(100, null, 7), network);
		assertThat(iterationOf(run.run())).isEqualTo(8);
		assertThat(run.history()).hasSize(2);
	}

	@Test
	void goesOnFromTheLatestCheckpoint() {
		CountingNetwork first = new CountingNetwork((iteration) -> 1.0 / iteration);
		run(spec(1, null, null), first).run();
		assertThat(this.memory.latest).isNotNull();
		CountingNetwork second = new CountingNetwork((iteration) -> 1.0 / iteration);
		TrainingRun run = run(spec(3, null, null), second);
		assertThat(iterationOf(run.run())).isEqualTo(3 * CountingNetwork.BATCHES);
		assertThat(second.rows).isEqualTo(2 * 10);
		assertThat(run.history()).extracting(EpochMetrics::epoch).containsExactly(1, 2, 3);
	}

	@Test
	void schedulesGoOverTheEpochs() {
		CountingNetwork network = new CountingNetwork((iteration) -> 1.0);
		run(read("{\"epochs\": 2, \"batchSize\": 4, \"learningRateSchedule\": {\"type\": \"linear\"}}"), network).run();
		assertThat(network.rates).usingElementComparator((a, b) -> (Math.abs(a - b) < 1e-12) ? 0 : Double.compare(a, b))
			.containsExactly(0.001, 0.001 * 5 / 6, 0.001 * 4 / 6, 0.001 * 3 / 6, 0.001 * 2 / 6, 0.001 / 6);
		assertThat(this.recorder.epochs.get(0).learningRate()).isEqualTo(network.rates.get(2));
		assertThat(this.recorder.epochs.get(1).learningRate()).isEqualTo(network.rates.get(5));
	}

	@Test
	void schedulesEndWithTheBudgetWhereItEndsFirst() {
		CountingNetwork network = new CountingNetwork((iteration) -> {
			this.nanos += 1_000_000_000;
			return 1.0;
		});
		run(read(
				"{\"epochs\": 100, \"batchSize\": 4, \"maxSeconds\": 4, \"learningRateSchedule\": {\"type\": \"linear\"}}"),
				network)
			.run();
		assertThat(network.rates).usingElementComparator((a, b) -> (Math.abs(a - b) < 1e-12) ? 0 : Double.compare(a, b))
			.containsExactly(0.001, 0.00075, 0.0005, 0.00025);
	}

	@Test
	void schedulesGoOnFromTheCheckpoint() {
		String spec = """
				{"epochs": %d, "batchSize": 4, "learningRateSchedule": {"type": "exponential", "gamma": 0.5, "warmupSteps": 5}}""";
		CountingNetwork whole = new CountingNetwork((iteration) -> 1.0);
		run(read(spec.formatted(3)), whole).run();
		this.memory.latest = null;
		run(read(spec.formatted(1)), new CountingNetwork((iteration) -> 1.0)).run();
		CountingNetwork second = new CountingNetwork((iteration) -> 1.0);
		run(read(spec.formatted(3)), second).run();
		assertThat(second.rates).isEqualTo(whole.rates.subList(CountingNetwork.BATCHES, whole.rates.size()));
	}

	@Test
	void tellsTheMeanNormOfTheGradients() {
		run(spec(2, null, null), new CountingNetwork((iteration) -> 1.0)).run();
		assertThat(this.recorder.epochs).extracting(EpochMetrics::gradientNorm).containsExactly(4.0, 10.0);
	}

	@Test
	void tellsTheTimeOfEachEpoch() {
		CountingNetwork network = new CountingNetwork((iteration) -> {
			this.nanos += 500_000_000;
			return 1.0;
		});
		run(spec(2, null, null), network).run();
		assertThat(this.recorder.epochs).extracting(EpochMetrics::seconds).containsExactly(1.5, 1.5);
		assertThat(this.recorder.epochs.get(1).examplesPerSecond()).isEqualTo(10 / 1.5);
	}

	@Test
	void endsWithinTheFirstEpochWhenItIsLongerThanTheBudget() {
		CountingNetwork network = new CountingNetwork((iteration) -> {
			this.nanos += 30_000_000_000L;
			return 1.0;
		});
		TrainingRun run = run(spec(100, null, 50), network);
		assertThat(iterationOf(run.run())).isEqualTo(2);
		assertThat(this.recorder.epochs).hasSize(1);
		assertThat(this.recorder.epochs.get(0).validationLoss()).isNotNull();
	}

	@Test
	void weighsTheLossOfAMiniBatchByItsTargets() {
		CountingNetwork network = new CountingNetwork((iteration) -> iteration);
		run(spec(1, null, null), network).run();
		// ten examples in mini-batches of 4, 4 and 2, whose losses are 1, 2 and 3 in this
		// order
		double expected = network.weighted / 10;
		assertThat(this.recorder.epochs.get(0).trainLoss()).isEqualTo(expected);
	}

	@ParameterizedTest
	@EnumSource(Output.Kind.class)
	void accuracyIsTheShareOfTargetsThatWereRight(Output.Kind kind) {
		this.task.steps = 5;
		this.task.architecture = new SequenceArchitecture(new StepInput.Tokens(10), StackSpec.standard(),
				new Output(kind, 10, true));
		CountingNetwork network = new CountingNetwork((iteration) -> 1.0) {
			@Override
			public Pass loss(Window window, State before) {
				return new Pass(1, new State(1, List.of()), 0, 1);
			}
		};
		run(read("{\"epochs\": 1, \"truncatedBptt\": {\"forward\": 2, \"backward\": 1}}"), network).run();
		// two examples of five steps, in three windows with one right answer each
		assertThat(this.recorder.epochs.get(0).validationAccuracy())
			.isEqualTo((kind == Output.Kind.CLASSES) ? 3 / 10.0 : null);
	}

	private TrainingRun run(TrainingSpec spec, CountingNetwork network) {
		return new TrainingRun(spec, this.task, network, this.recorder, this.memory, () -> this.nanos);
	}

	private static TrainingSpec spec(int epochs, EarlyStopping earlyStopping, Integer maxSeconds) {
		return read("{\"epochs\": " + epochs + ", \"batchSize\": 4, \"earlyStopping\": "
				+ ((earlyStopping != null) ? "{\"patience\": " + earlyStopping.patience() + "}" : "null")
				+ ", \"maxSeconds\": " + maxSeconds + "}");
	}

	private static TrainingSpec read(String json) {
		return JsonMapper.shared().readValue(json, TrainingSpec.class);
	}

	private static Tensors parameters(int iteration) {
		return new Tensors(Map.of("iteration", new Tensor(new int[] { 1 }, new float[] { iteration })));
	}

	private static int iterationOf(Tensors parameters) {
		return (int) parameters.get("iteration").values()[0];
	}

	/** A network whose only parameter is the number of its training steps. */
	private static class CountingNetwork implements TrainableNetwork<SequenceNetwork> {

		static final int BATCHES = 3;

		private final IntToDoubleFunction loss;

		private IntToDoubleFunction validation = (epoch) -> 1.0;

		private int iteration;

		private int rows;

		private double weighted;

		private final List<Double> rates = new ArrayList<>();

		private final List<Double> probabilities = new ArrayList<>();

		CountingNetwork(IntToDoubleFunction loss) {
			this.loss = loss;
		}

		@Override
		public Pass fit(Window window, State before) {
			this.iteration++;
			int rows = window.batch().inputs().batch();
			this.rows += rows;
			double loss = this.loss.applyAsDouble(this.iteration);
			this.weighted += loss * rows;
			return new Pass(loss, null, 2 * this.iteration, 0);
		}

		@Override
		public Pass loss(Window window, State before) {
			return new Pass(this.validation.applyAsDouble(this.iteration / BATCHES), null);
		}

		@Override
		public int iteration() {
			return this.iteration;
		}

		@Override
		public void setScheduledSampling(double probability) {
			this.probabilities.add(probability);
		}

		@Override
		public void setLearningRate(double rate) {
			this.rates.add(rate);
		}

		@Override
		public Tensors parameters() {
			return TrainingRunTest.parameters(this.iteration);
		}

		@Override
		public OptimizerState optimizerState() {
			return new OptimizerState(this.iteration, new float[0]);
		}

		@Override
		public void restore(Tensors parameters, OptimizerState optimizerState) {
			this.iteration = iterationOf(parameters);
		}

		@Override
		public SequenceNetwork serving() {
			throw new UnsupportedOperationException();
		}

		@Override
		public void close() {
		}

	}

	private static final class TenExamples implements PreparedTask<SequenceNetwork> {

		private SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Tokens(10),
				StackSpec.standard(), new Output(Output.Kind.CLASSES, 10, false));

		private int steps = 1;

		private int validation = 2;

		@Override
		public NetworkSpec network() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Architecture<SequenceNetwork> architecture() {
			return this.architecture;
		}

		@Override
		public Object fitted() {
			throw new UnsupportedOperationException();
		}

		@Override
		public Examples training() {
			return examples(10);
		}

		@Override
		public Examples validation() {
			return examples(this.validation);
		}

		@Override
		public Evaluation evaluate(SequenceNetwork network) {
			throw new UnsupportedOperationException();
		}

		private Examples examples(int size) {
			return new Examples() {
				@Override
				public int size() {
					return size;
				}

				@Override
				public int steps(int example) {
					return TenExamples.this.steps;
				}

				@Override
				public int decoderSteps(int example) {
					return 0;
				}

				@Override
				public int targets(int example) {
					return 1;
				}

				@Override
				public Batch batch(int... examples) {
					int[] lengths = new int[examples.length];
					Arrays.fill(lengths, TenExamples.this.steps);
					int[] ids = new int[examples.length * TenExamples.this.steps];
					return new Batch(new Sequences.Tokens(ids, lengths), null, new Targets.Classes(ids));
				}
			};
		}

	}

	private static final class Recorder implements TrainingListener {

		private final List<EpochMetrics> epochs = new ArrayList<>();

		private boolean cancelled;

		@Override
		public void progress(Progress progress) {
			assertThat(progress.fraction()).isBetween(0.0, 1.0);
		}

		@Override
		public void epoch(EpochMetrics metrics) {
			this.epochs.add(metrics);
		}

		@Override
		public boolean cancelled() {
			return this.cancelled;
		}

	}

	private static final class Memory implements Checkpoints {

		private Checkpoint latest;

		@Override
		public Optional<Checkpoint> latest() {
			return Optional.ofNullable(this.latest);
		}

		@Override
		public void save(Checkpoint checkpoint) {
			this.latest = checkpoint;
		}

	}

}
