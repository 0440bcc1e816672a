package io.unfold.nn.layer;

import java.util.Collection;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseOutputLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.impl.LossL2;
import org.nd4j.linalg.lossfunctions.impl.LossMCXENT;

/**
 * DL4J's configuration of an output layer over steps, [batch, size, time], or without
 * them, [batch, size]: softmax with DL4J's multi-class cross-entropy, whose labels are
 * the classes' numbers, [batch, 1, time] or [batch, 1]; or DL4J's L2, the sum of squares,
 * whose labels are of the output's shape. DL4J's own output layers permute and copy, and
 * compute everything twice.
 */
public class AnswerConf extends BaseOutputLayer {

	/**
	 * @param classes whether the outputs are probabilities of classes rather than values
	 */
	public AnswerConf(int inputs, int outputs, boolean classes) {
		this.nIn = inputs;
		this.nOut = outputs;
		this.hasBias = true;
		this.lossFn = classes ? new LossMCXENT() : new LossL2();
		this.activationFn = classes ? new ActivationSoftmax() : new ActivationIdentity();
	}

	boolean classes() {
		return this.lossFn instanceof LossMCXENT;
	}

	@Override
	public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
			INDArray parameters, boolean initialize, DataType dataType) {
		AnswerLayer layer = new AnswerLayer(conf, dataType);
		layer.setListeners(listeners);
		layer.setIndex(index);
		layer.setParamsViewArray(parameters);
		layer.setParamTable(initializer().init(conf, parameters, initialize));
		layer.setConf(conf);
		return layer;
	}

	@Override
	public ParamInitializer initializer() {
		return DefaultParamInitializer.getInstance();
	}

	@Override
	public InputType getOutputType(int index, InputType input) {
		return (input instanceof InputType.InputTypeRecurrent) ? InputType.recurrent(this.nOut)
				: InputType.feedForward(this.nOut);
	}

	@Override
	public LayerMemoryReport getMemoryReport(InputType inputType) {
		throw new UnsupportedOperationException("networks estimate their own memory");
	}

}
