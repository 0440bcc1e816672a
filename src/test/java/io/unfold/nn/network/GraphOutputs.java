package io.unfold.nn.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What DL4J's graph itself answers, with dropout off; in doubles. */
final class GraphOutputs {

	private final Architecture<?> architecture;

	private final TrainingGraph graph;

	GraphOutputs(Architecture<?> architecture, Tensors parameters) {
		this.architecture = architecture;
		this.graph = new TrainingGraph(configuration(architecture, NetworkSamples.learning(1)));
		this.graph.init();
		this.graph.paramTable().forEach((name, array) -> {
			int underscore = name.lastIndexOf('_');
			Tensor tensor = parameters.get(name.substring(0, underscore) + "." + name.substring(underscore + 1));
			array.assign(GraphArrays.array(tensor.values(), DataType.DOUBLE, array.shape()));
		});
	}

	/** The graph of an architecture, in doubles. */
	static ComputationGraphConfiguration configuration(Architecture<?> architecture, LearningSpec learning) {
		if (architecture instanceof SequenceArchitecture sequence) {
			return sequence.graph(learning, DataType.DOUBLE);
		}
		if (architecture instanceof ConditionedDecoderArchitecture conditioned) {
			return conditioned.graph(learning, DataType.DOUBLE);
		}
		return (architecture instanceof AutoencoderArchitecture autoencoder)
				? autoencoder.graph(learning, DataType.DOUBLE)
				: ((EncoderDecoderArchitecture) architecture).graph(learning, DataType.DOUBLE);
	}

	/** A batch as that graph takes it. */
	static GraphBatch arrays(Architecture<?> architecture, Batch batch) {
		if (architecture instanceof SequenceArchitecture sequence) {
			return sequence.arrays(batch, DataType.DOUBLE);
		}
		if (architecture instanceof ConditionedDecoderArchitecture conditioned) {
			return conditioned.arrays(batch, DataType.DOUBLE);
		}
		return (architecture instanceof AutoencoderArchitecture autoencoder)
				? autoencoder.arrays(batch, DataType.DOUBLE)
				: ((EncoderDecoderArchitecture) architecture).arrays(batch, DataType.DOUBLE);
	}

	/** [time][size][batch] with zeros in the padding, or [size][batch]. */
	float[] of(Batch batch) {
		GraphBatch arrays = arrays(this.architecture, batch);
		INDArray output = this.graph.output(false, arrays.inputs(), arrays.masks(),
				(arrays.labelMask() != null) ? new INDArray[] { arrays.labelMask() } : null)[0];
		return output.dup('f').castTo(DataType.FLOAT).dup('f').data().asFloat();
	}

}
