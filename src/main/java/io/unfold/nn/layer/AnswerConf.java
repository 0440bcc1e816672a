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
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.activations.impl.ActivationSoftmax;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's configuration of an output layer over steps, [batch, size, time], or without
 * them, [batch, size]: softmax where the loss is of classes, linear otherwise. Labels are
 * [batch, labels, time] or [batch, labels], as many as the loss says. DL4J's own output
 * layers permute and copy, and compute everything twice.
 */
public class AnswerConf extends BaseOutputLayer {

	private final Loss loss;

	/** The embedding whose vectors are the weights; null: they are its own. */
	private final @Nullable String tiedTo;

	/**
	 * @param tiedTo name of an embedding with as many tokens as there are outputs, whose
	 * vectors are the weights; null: they are its own
	 */
	public AnswerConf(int inputs, int outputs, Loss loss, @Nullable String tiedTo) {
		this.tiedTo = tiedTo;
		this.nIn = inputs;
		this.nOut = outputs;
		this.hasBias = true;
		this.loss = loss;
		this.lossFn = loss.function();
		this.activationFn = loss.classes() ? new ActivationSoftmax() : new ActivationIdentity();
	}

	@Nullable String tiedTo() {
		return this.tiedTo;
	}

	Loss loss() {
		return this.loss;
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
		return (this.tiedTo != null) ? new BiasOnly() : DefaultParamInitializer.getInstance();
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
