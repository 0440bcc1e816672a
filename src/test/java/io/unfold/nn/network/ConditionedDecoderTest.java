package io.unfold.nn.network;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.decoding.BeamSearch;
import io.unfold.nn.decoding.GreedySearch;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.decoding.Search;
import io.unfold.nn.network.ConditionedDecoderSpec.Conditioning;
import io.unfold.nn.network.FeatureLayer.Nonlinearity;
import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Decoders that write about feature vectors. */
class ConditionedDecoderTest {

	private static final int VOCABULARY = 7;

	private static final int[] LENGTHS = { 4, 1, 6 };

	private static final Markers MARKERS = new Markers(5, 6, Set.of(5));

	static List<ConditionedDecoderArchitecture> architectures() {
		return NetworkSamples.conditionedDecoders(4);
	}

	private static ConditionedDecoderNetwork serving(ConditionedDecoderArchitecture architecture) {
		try (TrainableNetwork<ConditionedDecoderNetwork> network = trained(architecture)) {
			return network.serving();
		}
	}

	private static TrainableNetwork<ConditionedDecoderNetwork> trained(ConditionedDecoderArchitecture architecture) {
		TrainableNetwork<ConditionedDecoderNetwork> network = architecture.trainable(new OptimizerSpec.Adam(0.02),
				GradientClipping.none(), 3);
		for (int i = 0; i < 10; i++) {
			network.fit(NetworkSamples.batch(architecture, i, LENGTHS));
		}
		return network;
	}

	private static float[] features(int rows) {
		int[] lengths = new int[rows];
		Arrays.fill(lengths, 1);
		return NetworkSamples.values(new Random(4), lengths).data();
	}

	private static float[] row(float[] features, int row, int rows) {
		float[] own = new float[features.length / rows];
		for (int i = 0; i < own.length; i++) {
			own[i] = features[i * rows + row];
		}
		return own;
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void lossOfABatchIsThatOfItsRows(ConditionedDecoderArchitecture architecture) {
		try (TrainableNetwork<ConditionedDecoderNetwork> network = trained(architecture)) {
			Batch batch = NetworkSamples.batch(architecture, 20, LENGTHS);
			double sum = 0;
			int targets = 0;
			for (int row = 0; row < LENGTHS.length; row++) {
				sum += network.loss(batch.rows(row, row + 1)) * LENGTHS[row];
				targets += LENGTHS[row];
			}
			assertThat(network.loss(batch)).isCloseTo(sum / targets, within(1e-5));
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void whatStandsInThePaddingIsNeverLookedAt(ConditionedDecoderArchitecture architecture) {
		Batch clean = NetworkSamples.batch(architecture, 8, 5, 2);
		int[] dirty = clean.decoderInputs().ids().clone();
		int[] answers = ((Targets.Classes) clean.targets()).ids().clone();
		for (int i = 2 * 2 + 1; i < dirty.length; i += 2) {
			dirty[i] = -1;
			answers[i] = -1;
		}
		Batch padded = new Batch(clean.inputs(), new Sequences.Tokens(dirty, clean.decoderInputs().lengths()),
				new Targets.Classes(answers));
		try (TrainableNetwork<ConditionedDecoderNetwork> one = trained(architecture);
				TrainableNetwork<ConditionedDecoderNetwork> other = trained(architecture)) {
			assertThat(one.loss(padded)).isEqualTo(other.loss(clean));
			assertThat(one.fit(padded)).isEqualTo(other.fit(clean));
			one.parameters()
				.byName()
				.forEach(
						(name, tensor) -> assertThat(tensor.values()).isEqualTo(other.parameters().get(name).values()));
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void rowsOfABatchAreDecodedAsIfAlone(ConditionedDecoderArchitecture architecture) {
		ConditionedDecoderNetwork network = serving(architecture);
		float[] features = features(3);
		int[] previous = { 5, 2, 0 };
		DecoderNetwork.Step all = network.step(previous, network.step(previous, network.start(features, 3)).state());
		for (int row = 0; row < 3; row++) {
			int[] own = { previous[row] };
			State start = network.start(row(features, row, 3), 1);
			DecoderNetwork.Step alone = network.step(own, network.step(own, start).state());
			for (int token = 0; token < VOCABULARY; token++) {
				assertThat(all.logProbabilities()[token * 3 + row]).isCloseTo(alone.logProbabilities()[token],
						within(1e-5f));
			}
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void aStateIsAValueWhoseRowsCanBeTakenInAnyOrder(ConditionedDecoderArchitecture architecture) {
		ConditionedDecoderNetwork network = serving(architecture);
		float[] features = features(3);
		State state = network.start(features, 3);
		Arrays.fill(features, 9);
		DecoderNetwork.Step straight = network.step(new int[] { 1, 2, 3 }, state);
		int[] from = { 2, 0, 2, 1 };
		DecoderNetwork.Step mixed = network.step(new int[] { 3, 1, 3, 2 }, state.select(from));
		for (int row = 0; row < from.length; row++) {
			for (int token = 0; token < VOCABULARY; token++) {
				assertThat(mixed.logProbabilities()[token * from.length + row])
					.isCloseTo(straight.logProbabilities()[token * 3 + from[row]], within(1e-5f));
			}
		}
		assertThat(network.step(new int[] { 1, 2, 3 }, state).logProbabilities())
			.isEqualTo(straight.logProbabilities());
		assertThat(State.together(List.of(state.select(0), state.select(1, 2))).parts())
			.usingRecursiveFieldByFieldElementComparator()
			.containsExactlyElementsOf(state.parts());
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void aBeamOfOneWritesWhatGreedySearchWrites(ConditionedDecoderArchitecture architecture) {
		ConditionedDecoderNetwork network = serving(architecture);
		State start = network.start(features(3), 3);
		assertThat(new BeamSearch(MARKERS, 1).search(network, start, 6)).usingRecursiveComparison()
			.isEqualTo(new GreedySearch(MARKERS).search(network, start, 6));
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void answersTheSameFromParametersThatWereKept(ConditionedDecoderArchitecture architecture) {
		try (TrainableNetwork<ConditionedDecoderNetwork> network = trained(architecture)) {
			Tensors parameters = network.parameters();
			assertThat(parameters.byName().values().stream().mapToLong((tensor) -> tensor.values().length).sum())
				.isEqualTo(architecture.parameterCount());
			Search search = new GreedySearch(MARKERS);
			ConditionedDecoderNetwork kept = architecture.serving(parameters);
			assertThat(search.search(kept, kept.start(features(3), 3), 6)).usingRecursiveComparison()
				.isEqualTo(search.search(network.serving(), network.serving().start(features(3), 3), 6));
		}
	}

	/** Which of two numbers is larger decides every token of what is written. */
	@ParameterizedTest
	@EnumSource
	void writesAboutItsFeatures(Conditioning conditioning) {
		ConditionedDecoderArchitecture architecture = new ConditionedDecoderArchitecture(NetworkSamples.FEATURES,
				VOCABULARY, new ConditionedDecoderSpec(new StackSpec(List.of(new Gru(12, true)), false, 0.0, null), 4,
						conditioning, List.of(new FeatureLayer(8, Nonlinearity.RELU, 0))));
		Random random = new Random(2);
		try (TrainableNetwork<ConditionedDecoderNetwork> network = architecture.trainable(new OptimizerSpec.Adam(0.02),
				new GradientClipping(1.0), 1)) {
			for (int i = 0; i < 150; i++) {
				network.fit(comparison(random));
			}
			assertThat(network.loss(comparison(random))).isLessThan(0.1);
			ConditionedDecoderNetwork twin = network.serving();
			Search search = new GreedySearch(MARKERS);
			assertThat(search.search(twin, twin.start(new float[] { 0.9f, -0.9f, 0 }, 1), 9).get(0).get(0).tokens())
				.containsExactly(0, 1, 0);
			assertThat(search.search(twin, twin.start(new float[] { -0.9f, 0.9f, 0 }, 1), 9).get(0).get(0).tokens())
				.containsExactly(1, 0, 1, 0);
		}
	}

	/** 32 feature vectors: 0 1 0 where the first number is larger, else 1 0 1 0. */
	private static Batch comparison(Random random) {
		int[] single = new int[32];
		Arrays.fill(single, 1);
		Sequences.Values features = NetworkSamples.values(random, single);
		int[] previous = new int[5 * 32];
		int[] answers = new int[5 * 32];
		int[] lengths = new int[32];
		for (int row = 0; row < 32; row++) {
			int[] text = (features.data()[row] > features.data()[32 + row]) ? new int[] { 0, 1, 0 }
					: new int[] { 1, 0, 1, 0 };
			lengths[row] = text.length + 1;
			previous[row] = MARKERS.start();
			for (int t = 0; t < text.length; t++) {
				previous[(t + 1) * 32 + row] = text[t];
				answers[t * 32 + row] = text[t];
			}
			answers[text.length * 32 + row] = MARKERS.end();
		}
		return new Batch(features, new Sequences.Tokens(previous, lengths), new Targets.Classes(answers));
	}

	@Test
	void refusesFeaturesOfAnotherSizeAndNoFeaturesAtAll() {
		ConditionedDecoderArchitecture architecture = architectures().get(0);
		ConditionedDecoderNetwork network = serving(architecture);
		assertThatThrownBy(() -> network.start(new float[4], 1)).isInstanceOf(IllegalArgumentException.class);
		Batch batch = NetworkSamples.batch(architecture, 1, 2);
		try (TrainableNetwork<ConditionedDecoderNetwork> training = trained(architecture)) {
			assertThatThrownBy(() -> training.fit(new Batch(batch.inputs(), null, batch.targets())))
				.isInstanceOf(IllegalArgumentException.class);
		}
	}

	@Test
	void aBidirectionalDecoderIsRefused() {
		StackSpec both = new StackSpec(List.of(new Lstm(4)), true, 0.0, null);
		assertThatThrownBy(() -> new ConditionedDecoderSpec(both, 4, Conditioning.INIT_INJECT, List.of()))
			.isInstanceOfSatisfying(InvalidFieldException.class,
					(refusal) -> assertThat(refusal.field()).isEqualTo("decoder"));
	}

	@Test
	void readingTheVectorAtEveryStepCostsParametersMemoryAndTime() {
		ConditionedDecoderArchitecture once = architectures().get(0);
		ConditionedDecoderArchitecture always = architectures().get(2);
		assertThat(once.spec().conditioning()).isEqualTo(Conditioning.INIT_INJECT);
		assertThat(always.spec().conditioning()).isEqualTo(Conditioning.PAR_INJECT);
		assertThat(always.parameterCount()).isGreaterThan(once.parameterCount());
		assertThat(always.trainingBytes(32, 1, 60, null)).isGreaterThan(once.trainingBytes(32, 1, 60, null));
		assertThat(always.trainingFlops(32, 1, 60, null)).isGreaterThan(once.trainingFlops(32, 1, 60, null));
	}

}
