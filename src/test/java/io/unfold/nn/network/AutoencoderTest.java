package io.unfold.nn.network;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * Serving twins of autoencoders against the graphs they come from, and what a code is.
 */
class AutoencoderTest {

	static List<AutoencoderArchitecture> autoencoders() {
		return NetworkSamples.autoencoders(4);
	}

	@ParameterizedTest
	@MethodSource("autoencoders")
	void reconstructsWhatTheGraphAnswersFromTheLastStepToTheFirst(AutoencoderArchitecture architecture) {
		try (TrainableNetwork<AutoencoderNetwork> network = architecture.trainable(OptimizerSpec.standard(),
				GradientClipping.none(), 9)) {
			network.fit(NetworkSamples.batch(architecture, 1, 3, 4));
			GraphOutputs graph = new GraphOutputs(architecture, network.parameters());
			for (int[] lengths : new int[][] { { 5, 2, 4 }, { 1 }, { 4 } }) {
				Batch batch = NetworkSamples.batch(architecture, lengths.length, lengths);
				float[] expected = graph.of(batch);
				float[] found = reconstructed(architecture, network.serving(), batch.inputs());
				assertThat(found).hasSameSizeAs(expected);
				for (int i = 0; i < found.length; i++) {
					assertThat(found[i]).isCloseTo(expected[i], within(1e-5f));
				}
			}
		}
	}

	/** The loss of the graph is that of the reconstruction in the order of the steps. */
	@ParameterizedTest
	@MethodSource("autoencoders")
	void lossComparesEachStepWithItsReconstruction(AutoencoderArchitecture architecture) {
		try (TrainableNetwork<AutoencoderNetwork> network = architecture.trainable(OptimizerSpec.standard(),
				GradientClipping.none(), 9)) {
			Batch batch = NetworkSamples.batch(architecture, 3, 5, 2, 4);
			double sum = 0;
			AutoencoderNetwork twin = network.serving();
			for (int row = 0; row < 3; row++) {
				int length = batch.inputs().lengths()[row];
				Sequences alone = Rows.of(batch, architecture.output(), row).inputs();
				double[] loss = { 0 };
				twin.decode(twin.encode(alone), new int[] { length }, (back, answers) -> {
					int t = length - 1 - back;
					if (alone instanceof Sequences.Tokens tokens) {
						loss[0] -= answers[tokens.ids()[t]];
						return;
					}
					for (int k = 0; k < answers.length; k++) {
						double error = ((Sequences.Values) alone).data()[t * answers.length + k] - answers[k];
						loss[0] += error * error / 2 / answers.length;
					}
				});
				sum += loss[0];
			}
			assertThat(network.loss(batch)).isCloseTo(sum / 11, within(1e-5));
		}
	}

	@ParameterizedTest
	@MethodSource("autoencoders")
	void codesAndReconstructionsOfABatchAreThoseOfItsRows(AutoencoderArchitecture architecture) {
		AutoencoderNetwork network = fresh(architecture);
		Batch batch = NetworkSamples.batch(architecture, 4, 4, 1, 3);
		float[] codes = network.encode(batch.inputs());
		float[] together = reconstructed(architecture, network, batch.inputs());
		for (int row = 0; row < 3; row++) {
			Sequences alone = Rows.of(batch, architecture.output(), row).inputs();
			float[] code = network.encode(alone);
			assertThat(code).hasSize(2);
			for (int k = 0; k < code.length; k++) {
				assertThat(codes[k * 3 + row]).isCloseTo(code[k], within(1e-6f)).isBetween(-1f, 1f);
			}
			float[] own = reconstructed(architecture, network, alone);
			for (int i = 0; i < own.length; i++) {
				assertThat(together[i * 3 + row]).isCloseTo(own[i], within(1e-6f));
			}
		}
	}

	@Test
	void paddingIsNeverLookedAt() {
		AutoencoderArchitecture architecture = NetworkSamples.autoencoders(4).get(0);
		try (TrainableNetwork<AutoencoderNetwork> network = architecture.trainable(OptimizerSpec.standard(),
				GradientClipping.none(), 3)) {
			Sequences.Values clean = NetworkSamples.values(new Random(8), 5, 2);
			float[] dirty = clean.data().clone();
			for (int i = 2 * NetworkSamples.FEATURES * 2 + 1; i < dirty.length; i += 2) {
				dirty[i] = Float.NaN;
			}
			Sequences.Values padded = new Sequences.Values(clean.features(), dirty, clean.lengths());
			assertThat(network.loss(NetworkSamples.autoencoded(padded)))
				.isEqualTo(network.loss(NetworkSamples.autoencoded(clean)));
			assertThat(network.serving().encode(padded)).isEqualTo(network.serving().encode(clean));
			assertThat(network.fit(NetworkSamples.autoencoded(padded))).isFinite();
		}
	}

	/** Short sequences of few kinds, through a code of four numbers. */
	@Test
	void learnsToReconstructFromTheCodeAlone() {
		StackSpec layer = new StackSpec(List.of(new Lstm(16)), false, 0.0, null);
		AutoencoderArchitecture architecture = new AutoencoderArchitecture(new StepInput.Tokens(4),
				new EncoderDecoderSpec(layer, new StackSpec(List.of(new Gru(16, true)), false, 0.0, null), 4,
						EncoderDecoderSpec.Attention.NONE, false, 4));
		Batch batch = NetworkSamples.autoencoded(NetworkSamples.tokens(new Random(2), 4, 6, 5, 6, 4, 3, 6));
		try (TrainableNetwork<AutoencoderNetwork> network = architecture.trainable(new OptimizerSpec.Adam(0.02),
				new GradientClipping(1.0), 1)) {
			double before = network.loss(batch);
			for (int i = 0; i < 300; i++) {
				network.fit(batch);
			}
			assertThat(before).isGreaterThan(1);
			assertThat(network.loss(batch)).isLessThan(0.05);
		}
	}

	@Test
	void refusesCodesOfAnotherSize() {
		AutoencoderNetwork network = fresh(NetworkSamples.autoencoders(4).get(0));
		assertThatThrownBy(() -> network.decode(new float[3], new int[] { 4 }, (back, answers) -> {
		})).isInstanceOf(IllegalArgumentException.class);
	}

	private static AutoencoderNetwork fresh(AutoencoderArchitecture architecture) {
		try (TrainableNetwork<AutoencoderNetwork> network = architecture.trainable(OptimizerSpec.standard(),
				GradientClipping.none(), 7)) {
			return network.serving();
		}
	}

	/** As the graph answers: [time][size][batch] from the last step, zeros behind. */
	private static float[] reconstructed(AutoencoderArchitecture architecture, AutoencoderNetwork network,
			Sequences sequences) {
		int batch = sequences.batch();
		int block = architecture.output().size() * batch;
		float[] all = new float[sequences.steps() * block];
		network.decode(network.encode(sequences), sequences.lengths(), (back, answers) -> {
			float[] step = Arrays.copyOf(answers, block);
			for (int i = 0; i < block; i++) {
				boolean has = back < sequences.lengths()[i % batch];
				boolean tokens = sequences instanceof Sequences.Tokens;
				all[back * block + i] = !has ? 0 : tokens ? (float) Math.exp(step[i]) : step[i];
			}
		});
		return all;
	}

}
