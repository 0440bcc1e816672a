package io.unfold.nn.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.NoOp;

/** What DL4J's graph itself answers, with dropout off; in doubles. */
final class GraphOutputs {

	private GraphOutputs() {
	}

	/** [time][size][batch] with zeros in the padding, or [size][batch]. */
	static float[] of(Architecture<?> architecture, Tensors parameters, Batch batch) {
		ComputationGraphConfiguration configuration;
		GraphBatch arrays;
		if (architecture instanceof SequenceArchitecture sequence) {
			configuration = sequence.graph(new NoOp(), 1, DataType.DOUBLE);
			arrays = sequence.arrays(batch, DataType.DOUBLE);
		}
		else {
			EncoderDecoderArchitecture encoderDecoder = (EncoderDecoderArchitecture) architecture;
			configuration = encoderDecoder.graph(new NoOp(), 1, DataType.DOUBLE);
			arrays = encoderDecoder.arrays(batch, DataType.DOUBLE);
		}
		ComputationGraph graph = new ComputationGraph(configuration);
		graph.init();
		graph.paramTable().forEach((name, array) -> {
			int underscore = name.lastIndexOf('_');
			Tensor tensor = parameters.get(name.substring(0, underscore) + "." + name.substring(underscore + 1));
			array.assign(GraphArrays.array(tensor.values(), DataType.DOUBLE, array.shape()));
		});
		INDArray output = graph.output(false, arrays.inputs(), arrays.masks(),
				(arrays.labelMask() != null) ? new INDArray[] { arrays.labelMask() } : null)[0];
		return output.dup('f').castTo(DataType.FLOAT).dup('f').data().asFloat();
	}

}
