package io.unfold.nn.network;

import java.util.List;
import java.util.stream.Stream;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.CellSamples;
import io.unfold.nn.cell.Gru;
import io.unfold.nn.cell.Lstm;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The gradients of whole graphs, in double precision, against central differences. */
class GradientTest {

	/** The check insists on it, for the whole process. */
	@BeforeAll
	static void makeDoubleTheDefault() {
		NativeRuntime.prepareNd4j();
		Nd4j.setDefaultDataTypes(DataType.DOUBLE, DataType.DOUBLE);
	}

	@AfterAll
	static void makeFloatTheDefault() {
		Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
	}

	static Stream<Architecture<?>> architectures() {
		return Stream
			.of(NetworkSamples.someSequences(2), NetworkSamples.encoderDecoders(2), NetworkSamples.autoencoders(2),
					NetworkSamples.conditionedDecoders(2))
			.flatMap(List::stream);
	}

	@ParameterizedTest
	@MethodSource("architectures")
	void gradientIsThatOfTheLoss(Architecture<?> architecture) {
		check(architecture, NetworkSamples.batch(architecture, 3, 4, 2, 3));
	}

	@Test
	void gradientIsThatOfTheLossBehindTheWashout() {
		for (boolean bidirectional : new boolean[] { false, true }) {
			SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
					new StackSpec(CellSamples.trained(2), bidirectional, 0.0, null),
					new Output(Output.Kind.VALUES, 2, true));
			Batch batch = NetworkSamples.batch(architecture, 3, 4, 2, 3);
			float[] data = ((Targets.Values) batch.targets()).data();
			check(architecture, new Batch(batch.inputs(), null, new Targets.Values(data, 2)));
		}
	}

	@Test
	void gradientIsThatOfTheSmoothedLoss() {
		LearningSpec smoothed = new LearningSpec(OptimizerSpec.standard(), GradientClipping.none(), 1, 0.2, 5);
		SequenceArchitecture classes = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(CellSamples.trained(2), false, 0.0, null), new Output(Output.Kind.CLASSES, 3, false));
		check(classes, NetworkSamples.batch(classes, 3, 4, 2, 3), smoothed);
		EncoderDecoderArchitecture attending = NetworkSamples.attending(2).get(0);
		check(attending, NetworkSamples.batch(attending, 3, 4, 2, 3), smoothed);
	}

	/** What is dropped is decided by the seed, and so the same for each loss here. */
	@Test
	void gradientIsThatOfTheLossWithWhatWasDropped() {
		EncoderDecoderSpec spec = new EncoderDecoderSpec(
				new StackSpec(List.of(new Gru(3, true), new Lstm(2)), true, 0.4, null),
				new StackSpec(List.of(new Gru(3, true)), false, 0.3, null), 4, EncoderDecoderSpec.Attention.GENERAL);
		EncoderDecoderArchitecture architecture = new EncoderDecoderArchitecture(NetworkSamples.VOCABULARY, 7, spec);
		TrainingGraph graph = new TrainingGraph(architecture.graph(NetworkSamples.learning(5), DataType.DOUBLE));
		GraphBatch batch = architecture.arrays(NetworkSamples.batch(architecture, 3, 4, 2, 3), DataType.DOUBLE);
		double loss = loss(graph, batch);
		INDArray gradient = graph.getGradientsViewArray().dup();
		assertThat(loss(graph, batch)).isEqualTo(loss);
		assertThat(graph.judge(batch).loss()).isNotEqualTo(loss);
		INDArray parameters = graph.params();
		for (long i = 0; i < parameters.length(); i += 3) {
			double value = parameters.getDouble(i);
			parameters.putScalar(i, value + 1e-6);
			double above = loss(graph, batch);
			parameters.putScalar(i, value - 1e-6);
			double below = loss(graph, batch);
			parameters.putScalar(i, value);
			assertThat(gradient.getDouble(i)).as("parameter " + i).isCloseTo((above - below) / 2e-6, within(1e-6));
		}
	}

	private static double loss(TrainingGraph graph, GraphBatch batch) {
		Nd4j.getRandom().setSeed(7);
		return graph.lossWithGradient(batch);
	}

	@Test
	void gradientIsThatOfTheLikelihoodOfNormalDistributions() {
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(NetworkSamples.FEATURES),
				new StackSpec(CellSamples.trained(2), false, 0.0, null), Output.gaussian(2));
		Batch batch = NetworkSamples.batch(architecture, 3, 4, 2, 3);
		check(architecture, new Batch(batch.inputs(), null,
				new Targets.Values(new float[] { 0.3f, -1.2f, 0.8f, 2.1f, -0.4f, 0.1f }, 0)));
	}

	private static void check(Architecture<?> architecture, Batch batch) {
		check(architecture, batch, NetworkSamples.learning(5));
	}

	private static void check(Architecture<?> architecture, Batch batch, LearningSpec learning) {
		GraphBatch arrays = GraphOutputs.arrays(architecture, batch);
		TrainingGraph graph = new TrainingGraph(GraphOutputs.configuration(architecture, learning));
		boolean right = GradientCheckUtil.checkGradients(new GradientCheckUtil.GraphConfig().net(graph)
			.inputs(arrays.inputs())
			.labels(new INDArray[] { arrays.labels() })
			.inputMask(arrays.masks())
			.labelMask(new INDArray[] { arrays.labelMask() })
			.subset(true)
			.maxPerParam(10)
			.epsilon(1e-6)
			.maxRelError(1e-5)
			.minAbsoluteError(1e-8)
			.print(GradientCheckUtil.PrintMode.FAILURES_ONLY));
		assertThat(right).isTrue();
	}

}
