package io.unfold.nn.layer;

import java.util.Arrays;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The outputs of each direction's last step. Unlike DL4J's own vertex it reads the mask
 * that was fed forward to it, and forgets it after the pass.
 */
@SuppressWarnings("overrides") // of a method that DL4J declares twice, with and without
								// "..."
class FinalStepVertex extends BaseGraphVertex {

	private final int forward;

	private @Nullable INDArray mask;

	/** The last and the first step of each row; [batch]. */
	private int[] last = {};

	private int[] first = {};

	FinalStepVertex(ComputationGraph graph, String name, int index, int forward, DataType dataType) {
		super(graph, name, index, null, null, dataType);
		this.forward = forward;
	}

	@Override
	public boolean hasLayer() {
		return false;
	}

	@Override
	public @Nullable Layer getLayer() {
		return null;
	}

	@Override
	public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
		INDArray x = NativeArrays.isColumnMajor(this.inputs[0]) ? this.inputs[0]
				: workspaces.dup(ArrayType.FF_WORKING_MEM, this.inputs[0], 'f');
		findSteps((int) x.size(0), (int) x.size(2));
		this.mask = null;
		INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, x.dataType(),
				new long[] { x.size(0), x.size(1) }, 'f');
		for (int k = 0, i = 0; k < x.size(1); k++) {
			for (int row = 0; row < x.size(0); row++, i++) {
				out.data().put(i, x.data().getDouble(step(row, k) * out.length() + i));
			}
		}
		return out;
	}

	@Override
	public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
		INDArray dOut = NativeArrays.isColumnMajor(this.epsilon) ? this.epsilon
				: workspaces.dup(ArrayType.BP_WORKING_MEM, this.epsilon, 'f');
		INDArray dx = workspaces.create(ArrayType.ACTIVATION_GRAD, dOut.dataType(), this.inputs[0].shape(), 'f');
		for (int k = 0, i = 0; k < dx.size(1); k++) {
			for (int row = 0; row < dx.size(0); row++, i++) {
				dx.data().put(step(row, k) * dOut.length() + i, dOut.data().getDouble(i));
			}
		}
		return new Pair<>(null, new INDArray[] { dx });
	}

	private int step(int row, int feature) {
		return (feature < this.forward) ? this.last[row] : this.first[row];
	}

	private void findSteps(int batch, int steps) {
		this.last = new int[batch];
		this.first = new int[batch];
		if (this.mask == null) {
			Arrays.fill(this.last, steps - 1);
			return;
		}
		for (int row = 0; row < batch; row++) {
			this.first[row] = -1;
			for (int t = 0; t < steps; t++) {
				if (this.mask.getDouble(row, t) != 0) {
					this.last[row] = t;
					this.first[row] = (this.first[row] < 0) ? t : this.first[row];
				}
			}
			this.first[row] = Math.max(0, this.first[row]);
		}
	}

	@Override
	public void setBackpropGradientsViewArray(INDArray gradients) {
		if (gradients != null) {
			throw new IllegalArgumentException("the vertex has no parameters");
		}
	}

	@Override
	public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(INDArray[] masks, MaskState state, int batch) {
		this.mask = (masks != null) ? masks[0] : null;
		return null;
	}

	@Override
	public String toString() {
		return "FinalStepVertex(" + this.vertexName + ")";
	}

}
