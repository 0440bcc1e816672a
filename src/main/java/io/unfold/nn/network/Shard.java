package io.unfold.nn.network;

import java.util.function.BiFunction;
import java.util.function.Function;

import io.unfold.nn.Denormals;
import io.unfold.nn.cell.Floats;
import io.unfold.nn.layer.Judgement;
import io.unfold.nn.layer.NativeArrays;
import org.deeplearning4j.nn.api.Layer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * What runs some rows of each mini-batch: a graph with a gradient of its own, on the
 * parameters of all. Always run by the same thread, whose memory it uses.
 */
final class Shard {

	private final TrainingGraph graph;

	private final Floats gradient;

	private final Function<Batch, GraphBatch> batches;

	Shard(TrainingGraph graph, Function<Batch, GraphBatch> batches) {
		this.graph = graph;
		this.gradient = NativeArrays.floats(graph.getGradientsViewArray());
		this.batches = batches;
	}

	TrainingGraph graph() {
		return this.graph;
	}

	/** The gradient of the summed loss of its rows. */
	Floats gradient() {
		return this.gradient;
	}

	/**
	 * Runs over a window from the state before it to the state after it.
	 * @param seed of what is drawn; null where nothing is
	 * @param pass judges the answers
	 */
	Result run(Window window, @Nullable State before, @Nullable Long seed,
			BiFunction<TrainingGraph, GraphBatch, Judgement> pass) {
		Denormals.areZero();
		int rows = window.batch().inputs().batch();
		if (window.batch().inputs().steps() == 0) {
			// all its rows have ended before the window
			this.gradient.clear(0, this.gradient.length());
			return new Result(Judgement.NONE, Double.POSITIVE_INFINITY, before);
		}
		if (seed != null) {
			// ND4J's generator is the thread's own, and not part of a checkpoint
			Nd4j.getRandom().setSeed(seed);
		}
		try (GraphBatch arrays = this.batches.apply(window.batch())) {
			if (window.isWhole()) {
				return new Result(pass.apply(this.graph, arrays), arrays.lossScale(), null);
			}
			this.graph.openWindow(before, window.backward());
			Judgement judgement = Judgement.NONE;
			State after;
			try {
				judgement = pass.apply(this.graph, arrays);
			}
			finally {
				after = this.graph.closeWindow(rows);
			}
			return new Result(judgement, arrays.lossScale(), after);
		}
	}

	void close() {
		for (Layer layer : this.graph.getLayers()) {
			// DL4J's own do nothing
			layer.close();
		}
		// as the graph's own close, but without a garbage collection of the whole heap
		release(this.graph.getGradientsViewArray());
		NativeMemory.releaseOfThread();
	}

	static void release(INDArray array) {
		if (array.data().closeable()) {
			array.data().close();
		}
	}

	/**
	 * @param lossScale what makes the summed loss a mean
	 * @param after the state after the window; null where there is none
	 */
	record Result(Judgement judgement, double lossScale, @Nullable State after) {

		/** Mean over the targets. */
		double loss() {
			return this.judgement.loss() * this.lossScale;
		}

	}

}
