package io.unfold.nn.network;

import java.util.List;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.layer.CellLayerConf;
import io.unfold.nn.layer.StatefulVertexConf;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.EmbeddingSequenceLayer;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The parts that graphs are put together from, as DL4J's configurations. */
final class GraphParts {

	private final NeuralNetConfiguration.Builder defaults;

	private final ComputationGraphConfiguration.GraphBuilder graph;

	GraphParts(IUpdater updater, long seed, DataType dataType) {
		NativeRuntime.prepareNd4j();
		// the loss is summed: the mean per target is made of it outside the graph
		this.defaults = new NeuralNetConfiguration.Builder().seed(seed)
			.dataType(dataType)
			.updater(updater)
			.weightInit(WeightInit.XAVIER)
			.miniBatch(false);
		this.graph = this.defaults.clone().graphBuilder();
	}

	ComputationGraphConfiguration.GraphBuilder graph() {
		return this.graph;
	}

	/** Vectors for tokens: from [batch, 1, time] to [batch, size, time]. */
	void embedding(String name, int vocabulary, int size, String input) {
		this.graph.addLayer(name,
				new EmbeddingSequenceLayer.Builder().nIn(vocabulary)
					.nOut(size)
					.inferInputLength(true)
					.activation(Activation.IDENTITY)
					.build(),
				input);
	}

	/**
	 * Recurrent layers on top of each other, named {@code prefix} and a number.
	 * @param features of the input
	 * @param learnsBelow whether the input has parameters below it
	 * @param states for each layer the vertex of its starting state; empty: zeros
	 * @return the topmost
	 */
	String stack(String prefix, StackSpec stack, int features, boolean learnsBelow, String input, List<String> states) {
		String below = input;
		int size = features;
		for (int i = 0; i < stack.layers().size(); i++) {
			CellSpec cell = stack.layers().get(i);
			CellLayerConf layer = new CellLayerConf(cell, size, stack.bidirectional(), i > 0 || learnsBelow);
			if (i > 0) {
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

	/** A dense layer with tanh. */
	void dense(String name, int inputs, int outputs, String input) {
		this.graph.addLayer(name,
				new DenseLayer.Builder().nIn(inputs).nOut(outputs).activation(Activation.TANH).build(), input);
	}

	/** The answer and its loss. */
	void output(String name, Output output, int inputs, double dropout, String input) {
		boolean classes = output.kind() == Output.Kind.CLASSES;
		Activation activation = classes ? Activation.SOFTMAX : Activation.IDENTITY;
		LossFunction loss = classes ? LossFunction.MCXENT : LossFunction.L2;
		FeedForwardLayer layer = output.everyStep()
				? new RnnOutputLayer.Builder(loss).nIn(inputs)
					.nOut(output.size())
					.activation(activation)
					.dataFormat(RNNFormat.NCW)
					.build()
				: new OutputLayer.Builder(loss).nIn(inputs).nOut(output.size()).activation(activation).build();
		drop(layer, dropout);
		this.graph.addLayer(name, layer, input);
		this.graph.setOutputs(name);
	}

	/**
	 * What the summed loss is multiplied by to become the mean per target: DL4J's L2 is
	 * the sum of squares.
	 * @param targets number of targets
	 */
	static double lossScale(Output output, long targets) {
		return (output.kind() == Output.Kind.CLASSES) ? 1.0 / targets : 0.5 / output.size() / targets;
	}

	private static void drop(FeedForwardLayer layer, double dropout) {
		if (dropout > 0) {
			// DL4J wants the probability of keeping
			layer.setIDropout(new Dropout(1 - dropout));
		}
	}

}
