package io.unfold.nn.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's configuration of attention as a vertex with two inputs: a decoder's outputs, and
 * the encoder's outputs that are attended to.
 */
public class AttentionVertexConf extends LayerVertex {

	/**
	 * @param layer with an {@link AttentionConf}
	 */
	public AttentionVertexConf(NeuralNetConfiguration layer) {
		super(layer, null);
	}

	@Override
	public AttentionVertexConf clone() {
		return new AttentionVertexConf(getLayerConf().clone());
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof AttentionVertexConf && super.equals(other);
	}

	@Override
	public int hashCode() {
		return super.hashCode();
	}

	@Override
	public int minVertexInputs() {
		return 2;
	}

	@Override
	public int maxVertexInputs() {
		return 2;
	}

	@Override
	public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(ComputationGraph graph, String name, int index,
			INDArray parameters, boolean initialize, DataType dataType) {
		Layer layer = getLayerConf().getLayer()
			.instantiate(getLayerConf(), null, index, parameters, initialize, dataType);
		return new AttentionVertex(graph, name, index, (AttentionLayer) layer, dataType);
	}

	@Override
	public InputType getOutputType(int index, InputType... inputs) {
		return super.getOutputType(index, inputs[0]);
	}

}
