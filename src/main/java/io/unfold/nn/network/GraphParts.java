package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.AttentionShape;
import io.unfold.nn.layer.AnswerConf;
import io.unfold.nn.layer.AttentionConf;
import io.unfold.nn.layer.AttentionVertexConf;
import io.unfold.nn.layer.CellLayerConf;
import io.unfold.nn.layer.EmbeddingConf;
import io.unfold.nn.layer.StatefulVertexConf;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.graph.rnn.DuplicateToTimeSeriesVertex;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.NoOp;

/** The parts that graphs are put together from, as DL4J's configurations. */
final class GraphParts {

	private final NeuralNetConfiguration.Builder defaults;

	private final ComputationGraphConfiguration.GraphBuilder graph;

	GraphParts(long seed, DataType dataType) {
		NativeRuntime.prepareNd4j();
		// the loss is summed: the mean per target is made of it outside the graph
		this.defaults = new NeuralNetConfiguration.Builder().seed(seed)
			.dataType(dataType)
			.updater(new NoOp())
			.weightInit(WeightInit.XAVIER)
			.miniBatch(false);
		this.graph = this.defaults.clone().graphBuilder();
	}

	ComputationGraphConfiguration.GraphBuilder graph() {
		return this.graph;
	}

	/** Vectors for tokens: from [batch, 1, time] to [batch, size, time]. */
	void embedding(String name, int vocabulary, int size, String input) {
		embedding(name, vocabulary, size, null, input);
	}

	/**
	 * Vectors for tokens.
	 * @param tiedTo name of the embedding whose vectors they are; null: its own
	 */
	void embedding(String name, int vocabulary, int size, @Nullable String tiedTo, String input) {
		this.graph.addLayer(name, new EmbeddingConf(vocabulary, size, tiedTo), input);
	}

	/**
	 * Recurrent layers on top of each other, named {@code prefix} and a number.
	 * @param features of the input
	 * @param learnsBelow whether the input has parameters below it, that is, is vectors
	 * of tokens: they are dropped, too
	 * @param states for each layer the vertex of its starting state; empty: zeros
	 * @return the topmost
	 */
	String stack(String prefix, StackSpec stack, int features, boolean learnsBelow, String input, List<String> states) {
		String below = input;
		int size = features;
		for (int i = 0; i < stack.layers().size(); i++) {
			CellSpec cell = stack.layers().get(i);
			CellLayerConf layer = new CellLayerConf(cell, size, stack.bidirectional(), i > 0 || learnsBelow);
			if (i > 0 || learnsBelow) {
				drop(layer, stack.dropout());
			}
			String name = prefix + i;
			if (states.isEmpty()) {
				this.graph.addLayer(name, layer, below);
			}
			else {
				layer.setLayerName(name);
				this.graph.addVertex(name, new StatefulVertexConf(this.defaults.clone().layer(layer).build()), below,
						states.get(i));
			}
			below = name;
			size = Math.toIntExact(layer.getNOut());
		}
		return below;
	}

	/** A dense layer for feature vectors: from [batch, inputs] to [batch, units]. */
	void dense(String name, int inputs, FeatureLayer layer, String input) {
		DenseLayer dense = new DenseLayer.Builder().nIn(inputs)
			.nOut(layer.units())
			.activation(layer.activation().activation())
			.weightInit(layer.activation().weightInit())
			.build();
		drop(dense, layer.dropout());
		this.graph.addLayer(name, dense, input);
	}

	/** A dense layer with tanh. */
	void dense(String name, int inputs, int outputs, String input) {
		this.graph.addLayer(name,
				new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(Activation.TANH).build(), input);
	}

	/**
	 * A dense layer with tanh for each layer of a decoder, whose starting state it is;
	 * named {@code prefix} and a number.
	 * @param inputs size of what the states are made of
	 */
	List<String> startingStates(String prefix, StackSpec decoder, int inputs, String input) {
		List<String> states = new ArrayList<>();
		for (CellSpec cell : decoder.layers()) {
			String name = prefix + states.size();
			dense(name, inputs, cell.states() * cell.units(), input);
			states.add(name);
		}
		return states;
	}

	/**
	 * The vector of each row at every step that the row has in an input of the graph:
	 * from [batch, size] to [batch, size, time].
	 */
	void repeat(String name, String vector, String input) {
		this.graph.addVertex(name, new DuplicateToTimeSeriesVertex(input), vector);
	}

	/**
	 * Attention of a decoder's outputs to an encoder's.
	 * @param dropout of the encoder's outputs
	 */
	void attention(String name, AttentionShape shape, double dropout, String decoder, String encoder) {
		AttentionConf layer = new AttentionConf(shape, dropout);
		layer.setLayerName(name);
		this.graph.addVertex(name, new AttentionVertexConf(this.defaults.clone().layer(layer).build()), decoder,
				encoder);
	}

	/** The answer and its loss. */
	void output(String name, Output output, int inputs, double dropout, String input) {
		output(name, output, inputs, null, dropout, input);
	}

	/**
	 * The answer and its loss.
	 * @param tiedTo name of the embedding whose vectors are the weights; null: they are
	 * its own
	 */
	void output(String name, Output output, int inputs, @Nullable String tiedTo, double dropout, String input) {
		AnswerConf layer = new AnswerConf(inputs, output.size(), output.loss(), tiedTo);
		drop(layer, dropout);
		this.graph.addLayer(name, layer, input);
		this.graph.setOutputs(name);
	}

	/**
	 * What the summed loss is multiplied by to become the mean per target.
	 * @param targets number of targets
	 */
	static double lossScale(Output output, long targets) {
		return output.loss().scale(output.size()) / targets;
	}

	private static void drop(FeedForwardLayer layer, double dropout) {
		if (dropout > 0) {
			// DL4J wants the probability of keeping
			layer.setIDropout(new Dropout(1 - dropout));
		}
	}

}
