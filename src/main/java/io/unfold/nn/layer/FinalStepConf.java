package io.unfold.nn.layer;

import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's configuration of a vertex that turns the outputs of a recurrent layer, [batch,
 * features, time], into those of its last step, [batch, features]: for the first
 * {@code forward} features the last step that a row has, for the others, which were read
 * backwards, the first.
 */
public class FinalStepConf extends GraphVertex {

	private final int forward;

	public FinalStepConf(int forward) {
		this.forward = forward;
	}

	@Override
	public FinalStepConf clone() {
		return new FinalStepConf(this.forward);
	}

	@Override
	public boolean equals(Object other) {
		return other instanceof FinalStepConf that && that.forward == this.forward;
	}

	@Override
	public int hashCode() {
		return this.forward;
	}

	@Override
	public long numParams(boolean backprop) {
		return 0;
	}

	@Override
	public int minVertexInputs() {
		return 1;
	}

	@Override
	public int maxVertexInputs() {
		return 1;
	}

	@Override
	public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(ComputationGraph graph, String name, int index,
			INDArray parameters, boolean initialize, DataType dataType) {
		return new FinalStepVertex(graph, name, index, this.forward, dataType);
	}

	@Override
	public InputType getOutputType(int index, InputType... inputs) {
		return InputType.feedForward(((InputType.InputTypeRecurrent) inputs[0]).getSize());
	}

	@Override
	public MemoryReport getMemoryReport(InputType... inputs) {
		throw new UnsupportedOperationException("networks estimate their own memory");
	}

}
