package io.unfold.nn.layer;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;

/**
 * Weights that several layers of a graph share (Press and Wolf 2017, arXiv:1608.05859):
 * the vectors of tokens of one embedding. They are parameters of that embedding alone,
 * and their gradient is the sum of what all layers add to it.
 */
public final class Ties {

	private Ties() {
	}

	/**
	 * Lets the layers of a graph that was initialised find the vectors that they share.
	 */
	public static void connect(ComputationGraph graph) {
		for (Layer layer : graph.getLayers()) {
			if (layer instanceof EmbeddingLayer embedding && embedding.layerConf().tiedTo() != null) {
				embedding.tie(vectors(graph, embedding.layerConf().tiedTo()));
			}
			if (layer instanceof AnswerLayer answer && answer.layerConf().tiedTo() != null) {
				answer.tie(vectors(graph, answer.layerConf().tiedTo()));
			}
		}
	}

	private static TokenVectors vectors(ComputationGraph graph, String embedding) {
		return ((EmbeddingLayer) graph.getLayer(embedding)).vectors();
	}

}
