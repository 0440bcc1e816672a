package io.unfold.nn.network;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What DL4J's graph itself answers, with dropout off; in doubles. */
final class GraphOutputs {

	private final Architecture<?> architecture;

	private final ComputationGraph graph;

	GraphOutputs(Architecture<?> architecture, Tensors parameters) {
		this.architecture = architecture;
		this.graph = new ComputationGraph(
				(architecture instanceof SequenceArchitecture sequence) ? sequence.graph(1, DataType.DOUBLE)
						: ((EncoderDecoderArchitecture) architecture).graph(1, DataType.DOUBLE));
		this.graph.init();
		this.graph.paramTable().forEach((name, array) -> {
			int underscore = name.lastIndexOf('_');
			Tensor tensor = parameters.get(name.substring(0, underscore) + "." + name.substring(underscore + 1));
			array.assign(GraphArrays.array(tensor.values(), DataType.DOUBLE, array.shape()));
		});
	}

	/** [time][size][batch] with zeros in the padding, or [size][batch]. */
	float[] of(Batch batch) {
		GraphBatch arrays = (this.architecture instanceof SequenceArchitecture sequence)
				? sequence.arrays(batch, DataType.DOUBLE)
				: ((EncoderDecoderArchitecture) this.architecture).arrays(batch, DataType.DOUBLE);
		INDArray output = this.graph.output(false, arrays.inputs(), arrays.masks(),
				(arrays.labelMask() != null) ? new INDArray[] { arrays.labelMask() } : null)[0];
		return output.dup('f').castTo(DataType.FLOAT).dup('f').data().asFloat();
	}

}
