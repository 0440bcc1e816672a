package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

import io.unfold.nn.cell.CellSamples;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.cell.Recurrence;
import io.unfold.nn.cell.SimpleRnn;
import io.unfold.nn.network.ConditionedDecoderSpec.Conditioning;
import io.unfold.nn.network.FeatureLayer.Nonlinearity;
import io.unfold.nn.network.Output.Kind;
import io.unfold.nn.network.TrainableNetwork.OptimizerState;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class TrainingTest {

	private static final OptimizerSpec PLAIN = new OptimizerSpec.Sgd(0.1, 0.0);

	private static SequenceArchitecture sequence(CellSpec cell, double dropout, Output output) {
		return new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(List.of(cell, cell), false, dropout, null), output);
	}

	private static EncoderDecoderArchitecture encoderDecoder(double dropout) {
		return encoderDecoder(dropout, EncoderDecoderSpec.Attention.NONE);
	}

	private static EncoderDecoderArchitecture encoderDecoder(double dropout, EncoderDecoderSpec.Attention attention) {
		StackSpec encoder = new StackSpec(List.of(new Gru(4, true), new Lstm(3)), true, dropout, null);
		StackSpec decoder = new StackSpec(List.of(new Lstm(4), new Gru(3, false)), false, dropout, null);
		return new EncoderDecoderArchitecture(6, 7, new EncoderDecoderSpec(encoder, decoder, 3, attention));
	}

	static Stream<Architecture<?>> withDropout() {
		return Stream.of(sequence(new Lstm(4), 0.3, new Output(Kind.CLASSES, 3, true)),
				sequence(new Gru(4, true), 0.3, new Output(Kind.VALUES, 2, false)),
				sequence(new Lstm(4, new Recurrence(0.9, 1, 2, 0.3)), 0.0, new Output(Kind.CLASSES, 3, true)),
				encoderDecoder(0.3), encoderDecoder(0.3, EncoderDecoderSpec.Attention.ADDITIVE),
				new AutoencoderArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
						encoderDecoder(0.3).spec().withCode(2)),
				new ConditionedDecoderArchitecture(NetworkSamples.FEATURES, 7,
						new ConditionedDecoderSpec(encoderDecoder(0.3).spec().decoder(), 3, Conditioning.PAR_INJECT,
								List.of(new FeatureLayer(4, Nonlinearity.RELU, 0.3)))));
	}

	private static List<Double> train(TrainableNetwork<?> network, Architecture<?> architecture, int from, int to) {
		List<Double> losses = new ArrayList<>();
		for (int i = from; i < to; i++) {
			losses.add(network.fit(NetworkSamples.batch(architecture, i, 5, 3, 4, 1)));
		}
		return losses;
	}

	private static float[] flat(Tensors tensors) {
		int size = tensors.byName().values().stream().mapToInt((tensor) -> tensor.values().length).sum();
		float[] flat = new float[size];
		int from = 0;
		for (Tensor tensor : tensors.byName().values()) {
			System.arraycopy(tensor.values(), 0, flat, from, tensor.values().length);
			from += tensor.values().length;
		}
		return flat;
	}

	@ParameterizedTest
	@MethodSource("withDropout")
	void sameSeedGivesTheSameBits(Architecture<?> architecture) {
		List<List<Double>> losses = new ArrayList<>();
		List<float[]> parameters = new ArrayList<>();
		for (long seed : new long[] { 5, 5, 6 }) {
			try (TrainableNetwork<?> network = architecture.trainable(OptimizerSpec.standard(),
					new GradientClipping(1.0), seed)) {
				losses.add(train(network, architecture, 0, 4));
				parameters.add(flat(network.parameters()));
			}
		}
		assertThat(losses.get(1)).isEqualTo(losses.get(0)).isNotEqualTo(losses.get(2));
		assertThat(parameters.get(1)).isEqualTo(parameters.get(0)).isNotEqualTo(parameters.get(2));
	}

	@ParameterizedTest
	@MethodSource("withDropout")
	void goesOnBitForBitWhenInterrupted(Architecture<?> architecture) {
		for (OptimizerSpec optimizer : List.of(OptimizerSpec.standard(), new OptimizerSpec.RmsProp(0.001),
				new OptimizerSpec.Sgd(0.01, 0.9), PLAIN)) {
			try (TrainableNetwork<?> through = architecture.trainable(optimizer, new GradientClipping(0.5), 3);
					TrainableNetwork<?> resumed = architecture.trainable(optimizer, new GradientClipping(0.5), 3)) {
				train(through, architecture, 0, 3);
				Tensors parameters = through.parameters();
				OptimizerState state = through.optimizerState();
				List<Double> losses = train(through, architecture, 3, 6);

				train(resumed, architecture, 10, 12);
				resumed.restore(parameters, state);
				assertThat(resumed.iteration()).isEqualTo(3);
				assertThat(train(resumed, architecture, 3, 6)).isEqualTo(losses);
				assertThat(flat(resumed.parameters())).isEqualTo(flat(through.parameters()));
			}
		}
	}

	/** Weights of 2/3 and 4/3, whose mean over one target of each class is 1. */
	@Test
	void aClassThatWeighsTwiceCountsAsIfItOccurredTwice() {
		Output output = new Output(Kind.CLASSES, 2, false);
		float[] once = { 0.5f, -0.3f, 0.2f, 0.9f };
		float[] twice = { 0.5f, -0.3f, -0.3f, 0.2f, 0.9f, 0.9f };
		for (int threads : new int[] { 1, 2 }) {
			LearningSpec learning = new LearningSpec(PLAIN, GradientClipping.none(), threads, 3);
			try (TrainableNetwork<?> plain = scalar(output).trainable(learning);
					TrainableNetwork<?> weighted = scalar(output.weighing(List.of(2 / 3.0, 4 / 3.0)))
						.trainable(learning)) {
				double expected = plain.fit(new Batch(new Sequences.Values(1, twice, new int[] { 2, 2, 2 }), null,
						new Targets.Classes(new int[] { 0, 1, 1 })));
				Batch batch = new Batch(new Sequences.Values(1, once, new int[] { 2, 2 }), null,
						new Targets.Classes(new int[] { 0, 1 }));
				assertThat(weighted.loss(batch)).isCloseTo(expected, within(1e-6));
				assertThat(weighted.fit(batch)).isCloseTo(expected, within(1e-6));
				float[] parameters = flat(weighted.parameters());
				float[] others = flat(plain.parameters());
				for (int i = 0; i < parameters.length; i++) {
					assertThat(parameters[i]).isCloseTo(others[i], within(1e-6f));
				}
			}
		}
	}

	private static SequenceArchitecture scalar(Output output) {
		return new SequenceArchitecture(new StepInput.Values(1),
				new StackSpec(List.of(new Gru(4, true)), false, 0, null), output);
	}

	@ParameterizedTest
	@MethodSource("withDropout")
	void weightsDecayAndBiasesDoNot(Architecture<?> architecture) {
		OptimizerSpec decaying = new OptimizerSpec.Sgd(0.1, 0, 0.5);
		try (TrainableNetwork<?> without = architecture.trainable(PLAIN, GradientClipping.none(), 3);
				TrainableNetwork<?> with = architecture.trainable(decaying, GradientClipping.none(), 3)) {
			Tensors before = with.parameters();
			train(without, architecture, 0, 1);
			train(with, architecture, 0, 1);
			with.parameters().byName().forEach((name, tensor) -> {
				boolean bias = name.substring(name.indexOf('.') + 1).matches("(back)?b");
				float[] plain = without.parameters().get(name).values();
				for (int i = 0; i < plain.length; i++) {
					float decayed = bias ? 0 : 0.05f * before.get(name).values()[i];
					assertThat(tensor.values()[i]).as(name).isCloseTo(plain[i] - decayed, within(1e-6f));
				}
			});
		}
	}

	@Test
	void checkpointDoesNotChangeAsTrainingGoesOn() {
		Architecture<?> architecture = encoderDecoder(0.0);
		try (TrainableNetwork<?> network = architecture.trainable(OptimizerSpec.standard(), GradientClipping.none(),
				3)) {
			Tensors parameters = network.parameters();
			float[] before = flat(parameters).clone();
			train(network, architecture, 0, 2);
			assertThat(flat(parameters)).isEqualTo(before);
			assertThat(flat(network.parameters())).isNotEqualTo(before);
		}
	}

	@Test
	void restoreRefusesAnotherNetworksCheckpoint() {
		SequenceArchitecture architecture = sequence(new Lstm(4), 0.0, new Output(Kind.VALUES, 2, false));
		SequenceArchitecture other = sequence(new Lstm(5), 0.0, new Output(Kind.VALUES, 2, false));
		try (TrainableNetwork<?> network = architecture.trainable(PLAIN, GradientClipping.none(), 3);
				TrainableNetwork<?> larger = other.trainable(PLAIN, GradientClipping.none(), 3)) {
			Tensors parameters = network.parameters();
			Tensors wrong = larger.parameters();
			OptimizerState state = network.optimizerState();
			assertThatThrownBy(() -> network.restore(wrong, state)).isInstanceOf(IllegalArgumentException.class);
			assertThatThrownBy(() -> network.restore(parameters, new OptimizerState(1, new float[3])))
				.isInstanceOf(IllegalArgumentException.class);
			assertThat(flat(network.parameters())).isEqualTo(flat(parameters));
		}
	}

	@Test
	void gradientIsBoundedByItsGlobalNorm() {
		Architecture<?> architecture = encoderDecoder(0.0);
		Batch batch = NetworkSamples.batch(architecture, 1, 4, 2);
		float[] free = change(architecture, GradientClipping.none(), batch);
		float[] bounded = change(architecture, new GradientClipping(0.01), batch);
		float[] loose = change(architecture, new GradientClipping(1e6), batch);
		assertThat(norm(free)).isGreaterThan(0.1 * 0.01 * 2);
		assertThat(norm(bounded)).isCloseTo(0.1 * 0.01, within(1e-6));
		assertThat(norm(loose)).isEqualTo(norm(free));
		for (int i = 0; i < free.length; i++) {
			assertThat(bounded[i] / norm(bounded)).isCloseTo(free[i] / norm(free), within(1e-3));
		}
	}

	@Test
	void gradientIsBoundedByValueElementByElement() {
		Architecture<?> architecture = encoderDecoder(0.0);
		Batch batch = NetworkSamples.batch(architecture, 1, 4, 2);
		float[] free = change(architecture, GradientClipping.none(), batch);
		float[] bounded = change(architecture, new GradientClipping(null, 0.01), batch);
		float[] loose = change(architecture, new GradientClipping(null, 1e6), batch);
		int cut = 0;
		for (int i = 0; i < free.length; i++) {
			assertThat(bounded[i]).isCloseTo(Math.max(-0.001f, Math.min(0.001f, free[i])), within(1e-6f));
			assertThat(loose[i]).isCloseTo(free[i], within(1e-6f));
			cut += (Math.abs(free[i]) > 0.001f) ? 1 : 0;
		}
		assertThat(cut).isBetween(1, free.length - 1);
	}

	@Test
	void valueIsBoundedBeforeTheNorm() {
		Architecture<?> architecture = encoderDecoder(0.0);
		Batch batch = NetworkSamples.batch(architecture, 1, 4, 2);
		float[] byValue = change(architecture, new GradientClipping(null, 0.01), batch);
		float[] byBoth = change(architecture, new GradientClipping(0.005, 0.01), batch);
		assertThat(norm(byValue)).isGreaterThan(0.1 * 0.005 * 2);
		assertThat(norm(byBoth)).isCloseTo(0.1 * 0.005, within(1e-6));
		for (int i = 0; i < byValue.length; i++) {
			assertThat(byBoth[i] / norm(byBoth)).isCloseTo(byValue[i] / norm(byValue), within(1e-3));
		}
	}

	/** What one step of plain gradient descent changes. */
	private static float[] change(Architecture<?> architecture, GradientClipping clipping, Batch batch) {
		try (TrainableNetwork<?> network = architecture.trainable(PLAIN, clipping, 3)) {
			float[] before = flat(network.parameters());
			network.fit(batch);
			float[] after = flat(network.parameters());
			for (int i = 0; i < after.length; i++) {
				after[i] -= before[i];
			}
			return after;
		}
	}

	private static double norm(float[] values) {
		double squares = 0;
		for (float value : values) {
			squares += (double) value * value;
		}
		return Math.sqrt(squares);
	}

	static Stream<SequenceArchitecture> outputs() {
		List<SequenceArchitecture> all = new ArrayList<>();
		for (Kind kind : Kind.values()) {
			for (boolean everyStep : new boolean[] { false, true }) {
				all.add(sequence(new Gru(4, true), 0.0, new Output(kind, 3, everyStep)));
			}
		}
		return all.stream();
	}

	@ParameterizedTest
	@MethodSource("outputs")
	void lossAndGradientAreMeansPerTarget(SequenceArchitecture architecture) {
		int[] lengths = { 5, 2, 3 };
		Batch batch = NetworkSamples.batch(architecture, 1, lengths);
		double loss = 0;
		double weights = 0;
		float[] mean = new float[Math.toIntExact(architecture.parameterCount())];
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(PLAIN, GradientClipping.none(), 3)) {
			for (int row = 0; row < lengths.length; row++) {
				Batch alone = Rows.of(batch, architecture.output(), row);
				double weight = architecture.output().everyStep() ? lengths[row] : 1;
				loss += weight * network.loss(alone);
				weights += weight;
				float[] change = change(architecture, GradientClipping.none(), alone);
				for (int i = 0; i < mean.length; i++) {
					mean[i] += (float) weight * change[i];
				}
			}
			assertThat(network.loss(batch)).isCloseTo(loss / weights, within(1e-6));
			assertThat(network.fit(batch)).isCloseTo(loss / weights, within(1e-6));
		}
		float[] together = change(architecture, GradientClipping.none(), batch);
		for (int i = 0; i < mean.length; i++) {
			assertThat(together[i]).isCloseTo(mean[i] / (float) weights, within(1e-6f));
		}
	}

	/** It would take 67 MB a call outside the heap, which nothing would free in time. */
	@Test
	void evaluatingTakesNoNewMemory() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(3),
				new StackSpec(List.of(new SimpleRnn(256)), false, 0.0, null), new Output(Kind.VALUES, 1, false));
		int[] lengths = new int[512];
		Arrays.fill(lengths, 128);
		Batch batch = NetworkSamples.batch(architecture, 1, lengths);
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(PLAIN, GradientClipping.none(), 3)) {
			network.loss(batch);
			network.loss(batch);
			long before = Pointer.physicalBytes();
			for (int i = 0; i < 10; i++) {
				network.loss(batch);
			}
			assertThat(Pointer.physicalBytes() - before).isLessThan(300L << 20);
		}
	}

	@Test
	void lossOfValuesIsHalfTheSquaredErrorPerValue() {
		SequenceArchitecture architecture = sequence(new SimpleRnn(4), 0.0, new Output(Kind.VALUES, 2, false));
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(PLAIN, GradientClipping.none(), 3)) {
			Batch batch = NetworkSamples.batch(architecture, 1, 3, 3);
			float[] answers = network.serving().run(batch.inputs(), network.serving().initialState(2)).outputs();
			float[] targets = ((Targets.Values) batch.targets()).data();
			double squares = 0;
			for (int i = 0; i < 4; i++) {
				squares += Math.pow(answers[i] - targets[i], 2);
			}
			assertThat(network.loss(batch)).isCloseTo(squares / 4 / 2, within(1e-6));
		}
	}

	@Test
	void stepsOfTheWashoutDoNotCount() {
		SequenceArchitecture architecture = sequence(new SimpleRnn(4), 0.0, new Output(Kind.VALUES, 2, true));
		Batch batch = NetworkSamples.batch(architecture, 1, 5, 3, 2);
		float[] targets = ((Targets.Values) batch.targets()).data();
		float[] others = targets.clone();
		Arrays.fill(others, 0, 2 * 2 * 3, 1000);
		Batch counting = new Batch(batch.inputs(), null, new Targets.Values(targets, 2));
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(PLAIN, GradientClipping.none(), 3)) {
			float[] answers = network.serving().run(batch.inputs(), network.serving().initialState(3)).outputs();
			double squares = 0;
			for (int i = 2 * 2 * 3; i < answers.length; i++) {
				boolean there = i / 6 < batch.inputs().lengths()[i % 3];
				squares += there ? Math.pow(answers[i] - targets[i], 2) : 0;
			}
			// three steps of the first row and one of the second, two values each
			assertThat(network.loss(counting)).isCloseTo(squares / 8 / 2, within(1e-6));
			assertThat(network.fit(counting)).isCloseTo(squares / 8 / 2, within(1e-6));
		}
		assertThat(change(architecture, GradientClipping.none(), counting)).isEqualTo(change(architecture,
				GradientClipping.none(), new Batch(batch.inputs(), null, new Targets.Values(others, 2))));
	}

	@Test
	void aBatchOfNothingButWashoutChangesNothing() {
		SequenceArchitecture architecture = sequence(new SimpleRnn(4), 0.0, new Output(Kind.VALUES, 2, true));
		Batch batch = NetworkSamples.batch(architecture, 1, 3, 2);
		Batch none = new Batch(batch.inputs(), null, new Targets.Values(((Targets.Values) batch.targets()).data(), 3));
		assertThat(change(architecture, GradientClipping.none(), none)).containsOnly(0);
	}

	@Test
	void lossOfClassesIsInNats() {
		SequenceArchitecture architecture = sequence(new SimpleRnn(4), 0.0, new Output(Kind.CLASSES, 3, false));
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(PLAIN, GradientClipping.none(), 3)) {
			Batch batch = NetworkSamples.batch(architecture, 1, 3);
			float[] answers = network.serving().run(batch.inputs(), network.serving().initialState(1)).outputs();
			int right = ((Targets.Classes) batch.targets()).ids()[0];
			assertThat(network.loss(batch)).isCloseTo(-Math.log(answers[right]), within(1e-6));
		}
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void countsTheAnswersThatAreRight(boolean everyStep) {
		SequenceArchitecture architecture = sequence(new SimpleRnn(4), 0.0, new Output(Kind.CLASSES, 3, everyStep));
		int[] lengths = { 30, 8, 17, 4, 9, 1, 12, 6 };
		Batch batch = NetworkSamples.batch(architecture, 1, lengths);
		int targets = everyStep ? 87 : 8;
		int right = 0;
		for (int threads = 1; threads <= 2; threads++) {
			LearningSpec learning = new LearningSpec(PLAIN, GradientClipping.none(), threads, 3);
			try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(learning)) {
				SequenceNetwork serving = network.serving();
				right = 0;
				for (int row = 0; row < lengths.length; row++) {
					Batch alone = Rows.of(batch, architecture.output(), row);
					float[] answers = serving.run(alone.inputs(), serving.initialState(1)).outputs();
					int[] labels = ((Targets.Classes) alone.targets()).ids();
					for (int target = 0; target < labels.length; target++) {
						float[] p = Arrays.copyOfRange(answers, 3 * target, 3 * target + 3);
						right += (p[labels[target]] == Math.max(p[0], Math.max(p[1], p[2]))) ? 1 : 0;
					}
				}
				assertThat(network.loss(Window.whole(batch, targets), null).right()).isEqualTo(right);
			}
		}
		assertThat(right).isPositive().isLessThan(targets);
	}

	@Test
	void dropsOutInTrainingOnly() {
		SequenceArchitecture architecture = sequence(new Lstm(8), 0.5, new Output(Kind.CLASSES, 3, true));
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(new OptimizerSpec.Sgd(1e-9, 0.0),
				GradientClipping.none(), 3)) {
			Batch batch = NetworkSamples.batch(architecture, 1, 5, 4, 5);
			double loss = network.loss(batch);
			double first = network.fit(batch);
			double second = network.fit(batch);
			assertThat(first).isNotCloseTo(loss, within(1e-4)).isNotCloseTo(second, within(1e-4));
			assertThat(network.loss(batch)).isCloseTo(loss, within(1e-6));
		}
	}

	@Test
	void divergedStepChangesNothing() {
		SequenceArchitecture architecture = sequence(new Gru(4, true), 0.0, new Output(Kind.VALUES, 2, false));
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(PLAIN, GradientClipping.none(), 3)) {
			float[] before = flat(network.parameters());
			Batch batch = NetworkSamples.batch(architecture, 1, 3, 2);
			Targets endless = new Targets.Values(new float[] { 1e30f, 0, 0, 0 }, 0);
			assertThat(network.fit(new Batch(batch.inputs(), null, endless))).isNotFinite();
			assertThat(flat(network.parameters())).isEqualTo(before);
			assertThat(network.iteration()).isZero();
			assertThat(network.fit(batch)).isFinite();
		}
	}

	@Test
	void refusesWhatIsNotInTheVocabulary() {
		EncoderDecoderArchitecture architecture = encoderDecoder(0.0);
		try (TrainableNetwork<EncoderDecoderNetwork> network = architecture.trainable(PLAIN, GradientClipping.none(),
				3)) {
			Sequences.Tokens good = new Sequences.Tokens(new int[] { 1, 2 }, new int[] { 2 });
			Sequences.Tokens bad = new Sequences.Tokens(new int[] { 1, 7 }, new int[] { 2 });
			Targets targets = new Targets.Classes(new int[] { 1, 2 });
			assertThatThrownBy(() -> network.fit(new Batch(bad, good, targets)))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("7");
			assertThatThrownBy(() -> network.fit(new Batch(good, good, new Targets.Classes(new int[] { 1, 9 }))))
				.isInstanceOf(IllegalArgumentException.class)
				.hasMessageContaining("9");
			assertThat(network.fit(new Batch(good, good, targets))).isFinite();
		}
	}

	@Test
	void parametersBeginAsTheyShould() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(3),
				new StackSpec(List.of(new Lstm(6)), true, 0.0, null), new Output(Kind.VALUES, 1, false));
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(PLAIN, GradientClipping.none(), 3)) {
			Tensors parameters = network.parameters();
			assertThat(parameters.byName().values().stream().mapToLong((t) -> t.values().length).sum())
				.isEqualTo(architecture.parameterCount());
			float[] bias = parameters.get("layer0.backb").values();
			for (int i = 0; i < bias.length; i++) {
				assertThat(bias[i]).isEqualTo((i / 6 == 1) ? 1 : 0);
			}
			float[] r = parameters.get("layer0.R").values();
			for (int gate = 0; gate < 4; gate++) {
				for (int i = 0; i < 6; i++) {
					for (int j = 0; j < 6; j++) {
						double product = 0;
						for (int k = 0; k < 6; k++) {
							product += r[(gate * 6 + i) * 6 + k] * r[(gate * 6 + j) * 6 + k];
						}
						assertThat(product).isCloseTo((i == j) ? 1 : 0, within(1e-5));
					}
				}
			}
			double range = Math.sqrt(6.0 / 9);
			for (float w : parameters.get("layer0.W").values()) {
				assertThat((double) w).isBetween(-range, range);
			}
		}
	}

	static List<CellSpec> cells() {
		return CellSamples.trained(16);
	}

	@ParameterizedTest
	@MethodSource("cells")
	void learnsToRememberTheFirstToken(CellSpec cell) {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Tokens(4),
				new StackSpec(List.of(cell), false, 0.0, 8), new Output(Kind.CLASSES, 4, false));
		try (TrainableNetwork<SequenceNetwork> network = architecture.trainable(new OptimizerSpec.Adam(0.01),
				new GradientClipping(1.0), 1)) {
			Random random = new Random(2);
			double loss = 0;
			for (int i = 0; i < 200; i++) {
				int[] lengths = random.ints(32, 3, 8).toArray();
				Sequences.Tokens inputs = NetworkSamples.tokens(random, 4, lengths);
				int[] first = new int[32];
				System.arraycopy(inputs.ids(), 0, first, 0, 32);
				loss = network.fit(new Batch(inputs, null, new Targets.Classes(first)));
			}
			assertThat(loss).isLessThan(0.1);
		}
	}

	/** Start is token 4: the decoder's first input. */
	@Test
	void encoderDecoderLearnsToTurnSequencesRound() {
		StackSpec layer = new StackSpec(List.of(new Gru(32, true)), false, 0.0, null);
		EncoderDecoderArchitecture architecture = new EncoderDecoderArchitecture(4, 5,
				new EncoderDecoderSpec(layer, layer, 16, EncoderDecoderSpec.Attention.NONE));
		try (TrainableNetwork<EncoderDecoderNetwork> network = architecture.trainable(new OptimizerSpec.Adam(0.01),
				new GradientClipping(1.0), 1)) {
			Random random = new Random(2);
			double loss = 0;
			for (int i = 0; i < 250; i++) {
				Sequences.Tokens sources = NetworkSamples.tokens(random, 4, random.ints(32, 1, 4).toArray());
				int steps = sources.steps();
				int[] previous = new int[steps * 32];
				int[] targets = new int[steps * 32];
				for (int row = 0; row < 32; row++) {
					int length = sources.lengths()[row];
					for (int t = 0; t < length; t++) {
						targets[t * 32 + row] = sources.ids()[(length - 1 - t) * 32 + row];
						previous[t * 32 + row] = (t == 0) ? 4 : targets[(t - 1) * 32 + row];
					}
				}
				loss = network.fit(new Batch(sources, new Sequences.Tokens(previous, sources.lengths()),
						new Targets.Classes(targets)));
			}
			assertThat(loss).isLessThan(0.1);
			EncoderDecoderNetwork twin = network.serving();
			State state = twin.encode(new Sequences.Tokens(new int[] { 0, 3, 1 }, new int[] { 3 }));
			int token = 4;
			List<Integer> written = new ArrayList<>();
			for (int t = 0; t < 3; t++) {
				EncoderDecoderNetwork.Step step = twin.step(new int[] { token }, state);
				state = step.state();
				token = 0;
				for (int k = 1; k < 5; k++) {
					token = (step.logProbabilities()[k] > step.logProbabilities()[token]) ? k : token;
				}
				written.add(token);
			}
			assertThat(written).containsExactly(1, 3, 0);
		}
	}

}
