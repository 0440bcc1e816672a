package io.unfold.nn.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.network.EncoderDecoderSpec.Attention;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

import static org.assertj.core.api.Assertions.assertThat;

/** Decoders that read their own predictions in training. */
class ScheduledSamplingTest {

	private static final int[] LENGTHS = { 4, 2, 6 };

	private static final EncoderDecoderArchitecture ARCHITECTURE = new EncoderDecoderArchitecture(
			NetworkSamples.VOCABULARY, 7,
			new EncoderDecoderSpec(new StackSpec(List.of(new Gru(4, true)), true, 0.3, null),
					new StackSpec(List.of(new Lstm(5)), false, 0.3, null), 3, Attention.GENERAL));

	private static final LearningSpec LEARNING = new LearningSpec(new OptimizerSpec.Adam(0.02), GradientClipping.none(),
			1, 3);

	private final Batch batch = NetworkSamples.batch(ARCHITECTURE, 9, LENGTHS);

	@Test
	void predictionsAreThoseOfTheServingNetworkThatReadsTheTruth() {
		for (DataType dataType : List.of(DataType.FLOAT, DataType.DOUBLE)) {
			TrainingGraph graph = new TrainingGraph(ARCHITECTURE.graph(LEARNING, dataType));
			EncoderDecoderNetwork serving = ARCHITECTURE.serving(parameters(graph));
			try (GraphBatch arrays = ARCHITECTURE.arrays(this.batch, dataType)) {
				graph.readOwnPredictions(arrays, 1, new Random(1));
				assertReads(arrays.inputs()[1], serving);
			}
		}
	}

	private void assertReads(INDArray read, EncoderDecoderNetwork serving) {
		Sequences.Tokens truth = this.batch.decoderInputs();
		State state = serving.encode((Sequences.Tokens) this.batch.inputs());
		int rows = LENGTHS.length;
		for (int t = 0; t < truth.steps(); t++) {
			int[] previous = Arrays.copyOfRange(truth.ids(), t * rows, (t + 1) * rows);
			EncoderDecoderNetwork.Step step = serving.step(previous, state);
			for (int row = 0; row < rows; row++) {
				if (t == 0) {
					assertThat(read.getInt(row, 0, 0)).isEqualTo(previous[row]);
				}
				if (t + 1 < truth.lengths()[row]) {
					assertThat(read.getInt(row, 0, t + 1)).isEqualTo(likeliest(step.logProbabilities(), row, rows));
				}
			}
			state = step.state();
		}
	}

	private static int likeliest(float[] logProbabilities, int row, int rows) {
		int likeliest = 0;
		for (int token = 1; token < 7; token++) {
			likeliest = (logProbabilities[token * rows + row] > logProbabilities[likeliest * rows + row]) ? token
					: likeliest;
		}
		return likeliest;
	}

	@Test
	void changesNothingButWhatTheDecoderReads() {
		TrainingGraph graph = new TrainingGraph(ARCHITECTURE.graph(NetworkSamples.learning(5), DataType.FLOAT));
		try (GraphBatch arrays = ARCHITECTURE.arrays(this.batch, DataType.FLOAT);
				GraphBatch truth = ARCHITECTURE.arrays(this.batch, DataType.FLOAT)) {
			graph.readOwnPredictions(arrays, 0.5, new Random(1));
			assertThat(arrays.inputs()[0]).isEqualTo(truth.inputs()[0]);
			assertThat(arrays.labels()).isEqualTo(truth.labels());
			assertThat(arrays.inputs()[1]).isNotEqualTo(truth.inputs()[1]);
		}
		try (GraphBatch arrays = ARCHITECTURE.arrays(this.batch, DataType.FLOAT);
				GraphBatch truth = ARCHITECTURE.arrays(this.batch, DataType.FLOAT)) {
			graph.readOwnPredictions(arrays, 0, new Random(1));
			assertThat(arrays.inputs()[1]).isEqualTo(truth.inputs()[1]);
		}
	}

	@Test
	void aSeedDecidesWhatIsRead() {
		float[] first = trained(2, 0.5);
		assertThat(trained(2, 0.5)).isEqualTo(first);
		assertThat(trained(2, 0)).isNotEqualTo(first);
	}

	@Test
	void validationReadsTheTruth() {
		try (TrainableNetwork<EncoderDecoderNetwork> network = ARCHITECTURE.trainable(LEARNING)) {
			double loss = network.loss(this.batch);
			network.setScheduledSampling(1);
			assertThat(network.loss(this.batch)).isEqualTo(loss);
		}
	}

	private float[] trained(int threads, double probability) {
		try (TrainableNetwork<EncoderDecoderNetwork> network = ARCHITECTURE
			.trainable(new LearningSpec(new OptimizerSpec.Adam(0.02), GradientClipping.none(), threads, 3))) {
			network.setScheduledSampling(probability);
			for (int i = 0; i < 5; i++) {
				network.fit(this.batch);
			}
			return network.parameters().get("output.W").values();
		}
	}

	private static Tensors parameters(TrainingGraph graph) {
		Map<String, Tensor> tensors = new LinkedHashMap<>();
		graph.paramTable().forEach((name, array) -> {
			int underscore = name.lastIndexOf('_');
			int[] shape = Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
			tensors.put(name.substring(0, underscore) + "." + name.substring(underscore + 1),
					new Tensor(shape, array.dup('f').data().asFloat()));
		});
		return new Tensors(tensors);
	}

}
