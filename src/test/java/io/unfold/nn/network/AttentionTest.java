package io.unfold.nn.network;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;

import io.unfold.nn.cell.Gru;
import io.unfold.nn.decoding.BeamSearch;
import io.unfold.nn.decoding.GreedySearch;
import io.unfold.nn.decoding.Hypothesis;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.decoding.Search;
import io.unfold.nn.network.EncoderDecoderSpec.Attention;
import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Whole networks whose decoder attends to the source. */
class AttentionTest {

	private static final int[] LENGTHS = { 4, 1, 7 };

	private static final Markers MARKERS = new Markers(5, 6, Set.of(5));

	static List<EncoderDecoderArchitecture> architectures() {
		return NetworkSamples.attending(4);
	}

	private static TrainableNetwork<EncoderDecoderNetwork> trained(EncoderDecoderArchitecture architecture) {
		TrainableNetwork<EncoderDecoderNetwork> network = architecture.trainable(new OptimizerSpec.Adam(0.02),
				GradientClipping.none(), 3);
		for (int i = 0; i < 10; i++) {
			network.fit(NetworkSamples.batch(architecture, i, LENGTHS));
		}
		return network;
	}

	private static EncoderDecoderNetwork serving(EncoderDecoderArchitecture architecture) {
		try (TrainableNetwork<EncoderDecoderNetwork> network = trained(architecture)) {
			return network.serving();
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void lossOfABatchIsThatOfItsRows(EncoderDecoderArchitecture architecture) {
		try (TrainableNetwork<EncoderDecoderNetwork> network = trained(architecture)) {
			Batch batch = NetworkSamples.batch(architecture, 20, LENGTHS);
			double sum = 0;
			int targets = 0;
			for (int row = 0; row < LENGTHS.length; row++) {
				Batch alone = batch.rows(row, row + 1);
				int steps = alone.decoderInputs().steps();
				sum += network.loss(alone) * steps;
				targets += steps;
			}
			assertThat(network.loss(batch)).isCloseTo(sum / targets, within(1e-5));
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void rowsOfABatchAreDecodedAsIfAlone(EncoderDecoderArchitecture architecture) {
		EncoderDecoderNetwork network = serving(architecture);
		Sequences.Tokens sources = NetworkSamples.tokens(new Random(4), NetworkSamples.VOCABULARY, LENGTHS);
		State together = network.encode(sources);
		int[] previous = { 5, 2, 0 };
		EncoderDecoderNetwork.Step all = network.step(previous, network.step(previous, together).state());
		for (int row = 0; row < LENGTHS.length; row++) {
			Sequences.Tokens source = (Sequences.Tokens) new Batch(sources, null, new Targets.Classes(new int[3]))
				.rows(row, row + 1)
				.inputs();
			int[] own = { previous[row] };
			EncoderDecoderNetwork.Step alone = network.step(own, network.step(own, network.encode(source)).state());
			for (int i = 0; i < alone.logProbabilities().length; i++) {
				assertThat(all.logProbabilities()[i * LENGTHS.length + row]).isCloseTo(alone.logProbabilities()[i],
						within(1e-5f));
			}
			assertThat(all.attention().get(row)).hasSize(LENGTHS[row]);
			assertThat(all.attention().get(row)).usingComparatorWithPrecision(1e-5f)
				.containsExactly(alone.attention().get(0));
			double sum = 0;
			for (float weight : all.attention().get(row)) {
				sum += weight;
			}
			assertThat(sum).isCloseTo(1, within(1e-6));
		}
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void aStateIsAValueWhoseRowsCanBeTakenInAnyOrder(EncoderDecoderArchitecture architecture) {
		EncoderDecoderNetwork network = serving(architecture);
		State state = network.encode(NetworkSamples.tokens(new Random(4), NetworkSamples.VOCABULARY, LENGTHS));
		EncoderDecoderNetwork.Step straight = network.step(new int[] { 1, 2, 3 }, state);
		EncoderDecoderNetwork.Step mixed = network.step(new int[] { 3, 1, 3, 2 }, state.select(2, 0, 2, 1));
		int[] from = { 2, 0, 2, 1 };
		for (int row = 0; row < from.length; row++) {
			assertThat(mixed.attention().get(row)).usingComparatorWithPrecision(1e-5f)
				.containsExactly(straight.attention().get(from[row]));
			for (int token = 0; token < 7; token++) {
				assertThat(mixed.logProbabilities()[token * from.length + row])
					.isCloseTo(straight.logProbabilities()[token * LENGTHS.length + from[row]], within(1e-5f));
			}
		}
		assertThat(network.step(new int[] { 1, 2, 3 }, state).logProbabilities())
			.isEqualTo(straight.logProbabilities());
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void everyTokenThatASearchWritesTellsWhereItLooked(EncoderDecoderArchitecture architecture) {
		EncoderDecoderNetwork network = serving(architecture);
		State start = network.encode(NetworkSamples.tokens(new Random(4), NetworkSamples.VOCABULARY, LENGTHS));
		List<List<Hypothesis>> greedy = new GreedySearch(MARKERS).search(network, start, 6);
		List<List<Hypothesis>> narrow = new BeamSearch(MARKERS, 1).search(network, start, 6);
		assertThat(narrow).usingRecursiveComparison().isEqualTo(greedy);
		for (Search search : List.of(new GreedySearch(MARKERS), new BeamSearch(MARKERS, 3))) {
			List<List<Hypothesis>> found = search.search(network, start, 6);
			for (int row = 0; row < LENGTHS.length; row++) {
				for (Hypothesis hypothesis : found.get(row)) {
					assertThat(hypothesis.attention()).hasSameSizeAs(hypothesis.tokens());
					assertAsForced(network, start.select(row), hypothesis);
				}
			}
		}
	}

	/** Writing the same tokens once more looks at the same places. */
	private static void assertAsForced(EncoderDecoderNetwork network, State start, Hypothesis hypothesis) {
		State state = start;
		int previous = MARKERS.start();
		for (int t = 0; t < hypothesis.tokens().size(); t++) {
			EncoderDecoderNetwork.Step step = network.step(new int[] { previous }, state);
			assertThat(hypothesis.attention().get(t)).usingComparatorWithPrecision(1e-5f)
				.containsExactly(step.attention().get(0));
			previous = hypothesis.tokens().get(t);
			state = step.state();
		}
	}

	/** Sequences to reverse are too long for the decoder's starting state. */
	@Test
	void remembersWhatAStateCannotHold() {
		double without = lossAfterReversing(Attention.NONE);
		for (Attention attention : List.of(Attention.DOT, Attention.GENERAL, Attention.ADDITIVE)) {
			assertThat(lossAfterReversing(attention)).as(attention.name()).isLessThan(without / 3);
		}
	}

	private static double lossAfterReversing(Attention attention) {
		EncoderDecoderArchitecture architecture = new EncoderDecoderArchitecture(12, 14,
				new EncoderDecoderSpec(new StackSpec(List.of(new Gru(16, true)), true, 0.0, null),
						new StackSpec(List.of(new Gru(32, true)), false, 0.0, null), 16, attention));
		Random random = new Random(8);
		try (TrainableNetwork<EncoderDecoderNetwork> network = architecture.trainable(new OptimizerSpec.Adam(0.01),
				new GradientClipping(1.0), 3)) {
			for (int i = 0; i < 300; i++) {
				network.fit(reversal(random));
			}
			return network.loss(reversal(random));
		}
	}

	/** 32 sequences of 8 to 12 of 12 tokens, and the same from their ends. */
	private static Batch reversal(Random random) {
		int[] lengths = random.ints(32, 8, 13).toArray();
		Sequences.Tokens sources = NetworkSamples.tokens(random, 12, lengths);
		int steps = Arrays.stream(lengths).max().orElseThrow();
		int[] answers = new int[(steps + 1) * 32];
		int[] previous = new int[(steps + 1) * 32];
		int[] longer = new int[32];
		for (int row = 0; row < 32; row++) {
			longer[row] = lengths[row] + 1;
			previous[row] = 12;
			for (int t = 0; t < lengths[row]; t++) {
				int token = sources.ids()[(lengths[row] - 1 - t) * 32 + row];
				answers[t * 32 + row] = token;
				previous[(t + 1) * 32 + row] = token;
			}
			answers[lengths[row] * 32 + row] = 13;
		}
		return new Batch(sources, new Sequences.Tokens(previous, longer), new Targets.Classes(answers));
	}

	@Test
	void dotIsRefusedWhereSizesDiffer() {
		StackSpec both = new StackSpec(List.of(new Gru(8, true)), true, 0.0, null);
		StackSpec one = new StackSpec(List.of(new Gru(8, true)), false, 0.0, null);
		assertThatThrownBy(() -> new EncoderDecoderSpec(both, one, 4, Attention.DOT))
			.isInstanceOfSatisfying(InvalidFieldException.class,
					(refusal) -> assertThat(refusal.field()).isEqualTo("attention"))
			.hasMessageContaining("16")
			.hasMessageContaining("8");
		assertThat(new EncoderDecoderSpec(one, one, 4, Attention.DOT).attention()).isEqualTo(Attention.DOT);
		assertThat(new EncoderDecoderSpec(both, one, 4, Attention.GENERAL).attention()).isEqualTo(Attention.GENERAL);
	}

	@Test
	void tiedEmbeddingsWithoutAttentionNeedADecoderOfTheirSize() {
		StackSpec layer = new StackSpec(List.of(new Gru(8, true)), false, 0.0, null);
		assertThatThrownBy(() -> new EncoderDecoderSpec(layer, layer, 4, Attention.NONE, true, null))
			.isInstanceOfSatisfying(InvalidFieldException.class,
					(refusal) -> assertThat(refusal.field()).isEqualTo("tiedEmbeddings"));
		assertThat(new EncoderDecoderSpec(layer, layer, 8, Attention.NONE, true, null).tiedEmbeddings()).isTrue();
		assertThat(new EncoderDecoderSpec(layer, layer, 4, Attention.DOT, true, null).tiedEmbeddings()).isTrue();
	}

	@Test
	void tiedEmbeddingsAreParametersOnce() {
		StackSpec layer = new StackSpec(List.of(new Gru(8, true)), false, 0.0, null);
		EncoderDecoderSpec free = new EncoderDecoderSpec(layer, layer, 8, Attention.NONE, false, null);
		EncoderDecoderSpec tied = new EncoderDecoderSpec(layer, layer, 8, Attention.NONE, true, null);
		long all = new EncoderDecoderArchitecture(20, 20, true, free).parameterCount();
		assertThat(new EncoderDecoderArchitecture(20, 20, false, tied).parameterCount()).isEqualTo(all - 8 * 20);
		assertThat(new EncoderDecoderArchitecture(20, 20, true, tied).parameterCount()).isEqualTo(all - 2 * 8 * 20);
	}

	@Test
	void attentionCostsMemoryAndTime() {
		EncoderDecoderArchitecture without = small(Attention.NONE);
		for (Attention attention : List.of(Attention.GENERAL, Attention.ADDITIVE)) {
			EncoderDecoderArchitecture with = small(attention);
			assertThat(with.parameterCount()).isGreaterThan(without.parameterCount());
			assertThat(with.trainingBytes(32, 50, 60, null) - without.trainingBytes(32, 50, 60, null))
				.isGreaterThan(4L * 32 * (50 * 16 + 60 * 8));
			assertThat(with.trainingFlops(32, 50, 60, null)).isGreaterThan(without.trainingFlops(32, 50, 60, null));
		}
	}

	private static EncoderDecoderArchitecture small(Attention attention) {
		return new EncoderDecoderArchitecture(20, 20,
				new EncoderDecoderSpec(new StackSpec(List.of(new Gru(8, true)), true, 0.0, null),
						new StackSpec(List.of(new Gru(8, true)), false, 0.0, null), 4, attention));
	}

}
