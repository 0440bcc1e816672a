package io.unfold.nn.network;

import java.util.List;
import java.util.stream.Stream;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.CellSamples;
import org.deeplearning4j.gradientcheck.GradientCheckUtil;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

import static org.assertj.core.api.Assertions.assertThat;

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
			.of(NetworkSamples.someSequences(2), NetworkSamples.encoderDecoders(2), NetworkSamples.autoencoders(2))
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

	private static void check(Architecture<?> architecture, Batch batch) {
		GraphBatch arrays = GraphOutputs.arrays(architecture, batch);
		ComputationGraph graph = new ComputationGraph(GraphOutputs.configuration(architecture, 5));
		graph.init();
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
