package io.unfold.nn.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.LayerVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's configuration of a recurrent layer with a second input: the state before its
 * first step, [batch, states * units], h and, where the cell has one, c. The gradient
 * goes through it.
 */
public class StatefulVertexConf extends LayerVertex {

	/**
	 * @param layer configuration of a {@link CellLayer}
	 */
	public StatefulVertexConf(NeuralNetConfiguration layer) {
		super(layer, null);
	}

	@Override
	public StatefulVertexConf clone() {
		return new StatefulVertexConf(getLayerConf().clone());
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof StatefulVertexConf && super.equals(other);
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
		return new StatefulVertex(graph, name, index, (CellLayer) layer, dataType);
	}

	@Override
	public InputType getOutputType(int index, InputType... inputs) {
		return super.getOutputType(index, inputs[0]);
	}

}
