package io.unfold.nn.network;

import org.deeplearning4j.nn.api.FwdPassType;
import org.deeplearning4j.nn.api.layers.IOutputLayer;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.graph.vertex.impl.LayerVertex;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A DL4J graph with one output that tells its loss without a gradient, in the memory that
 * training uses too. DL4J's own score takes memory outside its workspaces, which is not
 * freed before the heap is full: gigabytes, when a validation part is large.
 */
final class TrainingGraph extends ComputationGraph {

	TrainingGraph(ComputationGraphConfiguration configuration) {
		super(configuration);
		init();
		initGradientsView();
	}

	/** The summed loss and, in the gradients' view, its gradient. */
	double lossWithGradient(GraphBatch batch) {
		setInputs(batch.inputs());
		setLabels(batch.labels());
		setLayerMaskArrays(batch.masks(), new @Nullable INDArray[] { batch.labelMask() });
		computeGradientAndScore();
		clearLayerMaskArrays();
		return score();
	}

	/** The summed loss, without dropout. */
	@SuppressWarnings("try") // scopes are only opened and closed
	double loss(GraphBatch batch) {
		LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.builder()
			.with(ArrayType.ACTIVATIONS, WS_ALL_LAYERS_ACT, WS_ALL_LAYERS_ACT_CONFIG)
			.with(ArrayType.INPUT, WS_ALL_LAYERS_ACT, WS_ALL_LAYERS_ACT_CONFIG)
			.with(ArrayType.FF_WORKING_MEM, WS_LAYER_WORKING_MEM, WS_LAYER_WORKING_MEM_CONFIG)
			.with(ArrayType.RNN_FF_LOOP_WORKING_MEM, WS_RNN_LOOP_WORKING_MEM, WS_RNN_LOOP_WORKING_MEM_CONFIG)
			.build();
		LayerVertex output = (LayerVertex) getVertex(getConfiguration().getNetworkOutputs().get(0));
		try (MemoryWorkspace activations = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
			ffToLayerActivationsInWS(false, -1, new int[] { output.getVertexIndex() }, FwdPassType.STANDARD, false,
					batch.inputs(), batch.masks(), new @Nullable INDArray[] { batch.labelMask() }, false);
			try (MemoryWorkspace working = workspaces.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
				((IOutputLayer) output.getLayer()).setLabels(batch.labels());
				return output.computeScore(0, false, workspaces);
			}
		}
		finally {
			for (GraphVertex vertex : getVertices()) {
				vertex.clear();
			}
			clearLayerMaskArrays();
		}
	}

}
