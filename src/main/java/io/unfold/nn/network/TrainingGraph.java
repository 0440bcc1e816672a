package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;

import io.unfold.nn.layer.AnswerLayer;
import io.unfold.nn.layer.CellLayer;
import io.unfold.nn.layer.Judgement;
import io.unfold.nn.layer.Ties;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.FwdPassType;
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
		Ties.connect(this);
		initGradientsView();
	}

	/** On the parameters of another graph. */
	TrainingGraph(ComputationGraphConfiguration configuration, INDArray parameters) {
		super(configuration);
		init(parameters, false);
		Ties.connect(this);
		initGradientsView();
	}

	/** Where the weights are among the parameters: all of them but the biases. */
	List<Optimizer.Range> weights() {
		List<Optimizer.Range> weights = new ArrayList<>();
		for (Layer layer : getLayers()) {
			org.deeplearning4j.nn.conf.layers.Layer conf = layer.conf().getLayer();
			layer.paramTable().forEach((name, array) -> {
				if (!conf.initializer().isBiasParam(conf, name)) {
					int from = Math.toIntExact(array.offset() - params().offset());
					weights.add(new Optimizer.Range(from, from + Math.toIntExact(array.length())));
				}
			});
		}
		return weights;
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

	/**
	 * Takes sequences for windows of longer ones.
	 * @param state before their first step; null: zeros
	 * @param backward steps through which gradients go back
	 */
	void openWindow(@Nullable State state, int backward) {
		int part = 0;
		for (Layer layer : getLayers()) {
			if (layer instanceof CellLayer cells) {
				int parts = cells.layerConf().cell().states();
				cells.openWindow((state != null) ? joined(state.parts().subList(part, part + parts)) : null, backward);
				part += parts;
			}
		}
	}

	/** Takes sequences for whole again, and returns the state after their last step. */
	State closeWindow(int batch) {
		List<float[]> parts = new ArrayList<>();
		for (Layer layer : getLayers()) {
			if (layer instanceof CellLayer cells) {
				float[] state = cells.closeWindow();
				int size = state.length / cells.layerConf().cell().states();
				for (int from = 0; from < state.length; from += size) {
					parts.add(Arrays.copyOfRange(state, from, from + size));
				}
			}
		}
		return new State(batch, parts);
	}

	private static float[] joined(List<float[]> parts) {
		float[] joined = new float[parts.stream().mapToInt((part) -> part.length).sum()];
		int from = 0;
		for (float[] part : parts) {
			System.arraycopy(part, 0, joined, from, part.length);
			from += part.length;
		}
		return joined;
	}

	/**
	 * Lets a decoder read some of its own predictions in place of the truth: each step
	 * but the first, with a probability, the likeliest token of the step before, where
	 * all that was read until then was true (parallel scheduled sampling: Duckworth et
	 * al. 2019, arXiv:1906.04331).
	 * @param batch whose last input is what the decoder reads; changed
	 */
	void readOwnPredictions(GraphBatch batch, double probability, RandomGenerator random) {
		INDArray read = batch.inputs()[batch.inputs().length - 1];
		forward(batch, false, (output, workspaces) -> {
			AnswerLayer answers = (AnswerLayer) output.getLayer();
			answers.setInput(output.getInputs()[0], workspaces);
			INDArray likeliest = answers.likeliest(workspaces);
			for (int t = 1; t < read.size(2); t++) {
				for (int row = 0; row < read.size(0); row++) {
					if (random.nextDouble() < probability) {
						read.putScalar(row, 0, t, likeliest.getDouble(row, 0, t - 1));
					}
				}
			}
			return Judgement.NONE;
		});
	}

	/** How good the answers are, without dropout. */
	Judgement judge(GraphBatch batch) {
		return forward(batch, false, (output, workspaces) -> {
			AnswerLayer answers = (AnswerLayer) output.getLayer();
			answers.setInput(output.getInputs()[0], workspaces);
			answers.setLabels(batch.labels());
			return answers.judge(workspaces);
		});
	}

	/**
	 * Runs without answering.
	 * @param training with dropout
	 */
	Judgement carry(GraphBatch batch, boolean training) {
		return forward(batch, training, (output, workspaces) -> Judgement.NONE);
	}

	/**
	 * Runs all but the output layer.
	 * @param then what is done before the memory is given back
	 */
	@SuppressWarnings("try") // scopes are only opened and closed
	private Judgement forward(GraphBatch batch, boolean training,
			BiFunction<LayerVertex, LayerWorkspaceMgr, Judgement> then) {
		LayerWorkspaceMgr workspaces = LayerWorkspaceMgr.builder()
			.with(ArrayType.ACTIVATIONS, WS_ALL_LAYERS_ACT, WS_ALL_LAYERS_ACT_CONFIG)
			.with(ArrayType.INPUT, WS_ALL_LAYERS_ACT, WS_ALL_LAYERS_ACT_CONFIG)
			.with(ArrayType.FF_WORKING_MEM, WS_LAYER_WORKING_MEM, WS_LAYER_WORKING_MEM_CONFIG)
			.with(ArrayType.RNN_FF_LOOP_WORKING_MEM, WS_RNN_LOOP_WORKING_MEM, WS_RNN_LOOP_WORKING_MEM_CONFIG)
			.build();
		LayerVertex output = (LayerVertex) getVertex(getConfiguration().getNetworkOutputs().get(0));
		try (MemoryWorkspace activations = workspaces.notifyScopeEntered(ArrayType.ACTIVATIONS)) {
			ffToLayerActivationsInWS(training, -1, new int[] { output.getVertexIndex() }, FwdPassType.STANDARD, false,
					batch.inputs(), batch.masks(), new @Nullable INDArray[] { batch.labelMask() }, false);
			try (MemoryWorkspace working = workspaces.notifyScopeEntered(ArrayType.FF_WORKING_MEM)) {
				return then.apply(output, workspaces);
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
