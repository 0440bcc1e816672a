package io.unfold.nn.layer;

import java.util.Map;
import java.util.Random;

import io.unfold.nn.NativeRuntime;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Lstm;
import io.unfold.nn.cell.SimpleRnn;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.layers.LSTM;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.conf.layers.recurrent.Bidirectional;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Our layers against those of DL4J that are right, as they are without masks: outputs and
 * gradients, for the same parameters.
 */
class Dl4jOracleTest {

	private static final int INPUTS = 3;

	private static final int UNITS = 5;

	private static final int CLASSES = 4;

	/** Our gates i, f, o, g in DL4J's order, which begins with the candidate. */
	private static final int[] LSTM_GATES = { 3, 1, 2, 0 };

	@BeforeAll
	static void prepare() {
		NativeRuntime.prepareNd4j();
	}

	@ParameterizedTest
	@CsvSource({ "lstm,false,4,FLOAT", "lstm,false,1,FLOAT", "lstm,true,4,FLOAT", "simple,false,4,FLOAT",
			"simple,true,1,FLOAT", "lstm,true,4,DOUBLE", "simple,false,4,DOUBLE" })
	void agreesWithDl4j(String cell, boolean bidirectional, int batch, DataType dataType) {
		boolean lstm = cell.equals("lstm");
		CellSpec spec = lstm ? new Lstm(UNITS) : new SimpleRnn(UNITS);
		Layer theirs = lstm ? new LSTM.Builder().nIn(INPUTS).nOut(UNITS).activation(Activation.TANH).build()
				: new org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn.Builder().nIn(INPUTS)
					.nOut(UNITS)
					.activation(Activation.TANH)
					.build();
		if (bidirectional) {
			theirs = new Bidirectional(Bidirectional.Mode.CONCAT, theirs);
		}
		ComputationGraph our = graph(new CellLayerConf(spec, INPUTS, bidirectional, true), bidirectional, dataType);
		ComputationGraph their = graph(theirs, bidirectional, dataType);
		copy(our, their, lstm, bidirectional);

		INDArray x = random(dataType, batch, INPUTS, 7);
		INDArray labels = random(dataType, batch, CLASSES, 7);
		assertClose(our.output(false, x)[0], their.output(false, x)[0]);
		for (ComputationGraph graph : new ComputationGraph[] { our, their }) {
			graph.setInputs(x);
			graph.setLabels(labels);
			graph.computeGradientAndScore();
		}
		Map<String, INDArray> ourGradients = our.gradient().gradientForVariable();
		Map<String, INDArray> theirGradients = their.gradient().gradientForVariable();
		for (int direction = 0; direction < (bidirectional ? 2 : 1); direction++) {
			String prefix = "cells_" + CellParameters.PREFIXES[direction];
			String theirPrefix = "cells_" + (bidirectional ? (direction == 0) ? "f" : "b" : "");
			assertClose(ourGradients.get(prefix + "W"), reordered(theirGradients.get(theirPrefix + "W"), lstm));
			assertClose(ourGradients.get(prefix + "R"), reordered(theirGradients.get(theirPrefix + "RW"), lstm));
			assertClose(ourGradients.get(prefix + "b").reshape(1, -1),
					reordered(theirGradients.get(theirPrefix + "b").reshape(1, -1), lstm));
		}
		assertClose(ourGradients.get("below_W"), theirGradients.get("below_W"));
	}

	/** A recurrent layer below it, so that the gradient of the input is seen too. */
	private static ComputationGraph graph(Layer layer, boolean bidirectional, DataType dataType) {
		ComputationGraph graph = new ComputationGraph(new NeuralNetConfiguration.Builder().seed(3)
			.dataType(dataType)
			.updater(new NoOp())
			.graphBuilder()
			.addInputs("x")
			.addLayer("below",
					new org.deeplearning4j.nn.conf.layers.recurrent.SimpleRnn.Builder().nIn(INPUTS)
						.nOut(INPUTS)
						.activation(Activation.TANH)
						.build(),
					"x")
			.addLayer("cells", layer, "below")
			.addLayer("out",
					new RnnOutputLayer.Builder(LossFunction.MSE).nIn(bidirectional ? 2 * UNITS : UNITS)
						.nOut(CLASSES)
						.activation(Activation.IDENTITY)
						.dataFormat(RNNFormat.NCW)
						.build(),
					"cells")
			.setOutputs("out")
			.build());
		graph.init();
		return graph;
	}

	private static void copy(ComputationGraph from, ComputationGraph to, boolean lstm, boolean bidirectional) {
		for (int direction = 0; direction < (bidirectional ? 2 : 1); direction++) {
			String prefix = "cells_" + CellParameters.PREFIXES[direction];
			String their = "cells_" + (bidirectional ? (direction == 0) ? "f" : "b" : "");
			from.getParam(prefix + "b").assign(Nd4j.rand(from.getParam(prefix + "b").shape()).subi(0.5));
			to.getParam(their + "W").assign(reordered(from.getParam(prefix + "W"), lstm));
			to.getParam(their + "RW").assign(reordered(from.getParam(prefix + "R"), lstm));
			INDArray bias = to.getParam(their + "b");
			bias.assign(reordered(from.getParam(prefix + "b").reshape(1, -1), lstm).reshape(bias.shape()));
		}
		for (String name : new String[] { "below_W", "below_RW", "below_b", "out_W", "out_b" }) {
			to.getParam(name).assign(from.getParam(name));
		}
	}

	/** Its columns' gates in the other order; the exchange is its own inverse. */
	private static INDArray reordered(INDArray array, boolean lstm) {
		if (!lstm) {
			return array;
		}
		INDArray result = array.dup('f');
		for (int gate = 0; gate < 4; gate++) {
			result.get(NDArrayIndex.all(), NDArrayIndex.interval(gate * UNITS, (gate + 1) * UNITS))
				.assign(array.get(NDArrayIndex.all(),
						NDArrayIndex.interval(LSTM_GATES[gate] * UNITS, (LSTM_GATES[gate] + 1) * UNITS)));
		}
		return result;
	}

	private static INDArray random(DataType dataType, long... shape) {
		Random random = new Random(shape[1]);
		INDArray array = Nd4j.create(dataType, shape, 'f');
		for (long i = 0; i < array.length(); i++) {
			array.data().put(i, random.nextGaussian());
		}
		return array;
	}

	private static void assertClose(INDArray actual, INDArray expected) {
		double scale = Math.max(1, expected.castTo(DataType.DOUBLE).amaxNumber().doubleValue());
		double difference = actual.castTo(DataType.DOUBLE)
			.sub(expected.castTo(DataType.DOUBLE).reshape(actual.shape()))
			.amaxNumber()
			.doubleValue();
		assertThat(difference).isLessThan(5e-6 * scale);
	}

}
