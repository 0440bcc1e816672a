package io.unfold.nn.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention: the decoder's outputs are the first input, the encoder's the second, whose
 * mask says what there is to attend to. DL4J's own attention has gradients twice too
 * large, and keeps its mask for the next batch.
 */
@SuppressWarnings("overrides") // of a method that DL4J declares twice, with and without
								// "..."
class AttentionVertex extends LayerVertex {

	private final AttentionLayer attention;

	AttentionVertex(ComputationGraph graph, String name, int index, AttentionLayer layer, DataType dataType) {
		super(graph, name, index, layer, null, false, dataType);
		this.attention = layer;
	}

	@Override
	public void setInput(int number, INDArray input, LayerWorkspaceMgr workspaces) {
		if (number == 0) {
			super.setInput(0, input, workspaces);
		}
		else {
			this.inputs[1] = input;
			this.attention.setSource(input, workspaces);
		}
	}

	@Override
	public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
		if (!canDoBackward()) {
			throw new IllegalStateException("vertex '" + this.vertexName + "' has no input or no gradient");
		}
		return this.attention.backward(this.epsilon, workspaces);
	}

	@Override
	public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(@Nullable INDArray @Nullable [] masks,
			MaskState state, int batch) {
		this.attention.setSourceMask((masks != null) ? masks[1] : null);
		return null;
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
