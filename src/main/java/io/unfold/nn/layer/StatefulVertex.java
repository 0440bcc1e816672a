package io.unfold.nn.layer;

import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A recurrent layer whose state before the first step is a second input. */
@SuppressWarnings("overrides") // of a method that DL4J declares twice, with and without
								// "..."
class StatefulVertex extends LayerVertex {

	private final CellLayer cellLayer;

	StatefulVertex(ComputationGraph graph, String name, int index, CellLayer layer, DataType dataType) {
		super(graph, name, index, layer, null, false, dataType);
		if (layer.layerConf().bidirectional()) {
			throw new IllegalArgumentException("a layer of both directions has no one starting state");
		}
		this.cellLayer = layer;
	}

	@Override
	public void setInput(int number, INDArray input, LayerWorkspaceMgr workspaces) {
		if (number == 0) {
			super.setInput(0, input, workspaces);
		}
		else {
			this.inputs[1] = input;
			this.cellLayer.setStartingState(input, workspaces);
		}
	}

	@Override
	public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
		if (!canDoBackward()) {
			throw new IllegalStateException("vertex '" + this.vertexName + "' has no input or no gradient");
		}
		return this.cellLayer.backward(this.epsilon, workspaces);
	}

	@Override
	public boolean equals(Object other) {
		return this == other;
	}

	@Override
	public int hashCode() {
		return System.identityHashCode(this);
	}

}
