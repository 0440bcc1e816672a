package io.unfold.nn.layer;

import java.util.Collection;

import io.unfold.nn.cell.AttentionShape;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's configuration of attention: from a decoder's outputs, [batch, decoder, time],
 * and an encoder's, [batch, encoder, time], of which {@link AttentionVertexConf} gives
 * the layer, to answers, [batch, outputs, time].
 */
public class AttentionConf extends FeedForwardLayer {

	private final AttentionShape shape;

	/** Of the encoder's outputs; null: none. */
	private final @Nullable Dropout sourceDropout;

	/**
	 * @param dropout probability with which a number of the encoder's outputs is dropped
	 * in training
	 */
	public AttentionConf(AttentionShape shape, double dropout) {
		this.shape = shape;
		// DL4J wants the probability of keeping
		this.sourceDropout = (dropout > 0) ? new Dropout(1 - dropout) : null;
		this.nIn = shape.decoder();
		this.nOut = shape.outputs();
	}

	/** A new one: it keeps its mask. */
	@Nullable Dropout sourceDropout() {
		return (this.sourceDropout != null) ? this.sourceDropout.clone() : null;
	}

	AttentionShape shape() {
		return this.shape;
	}

	@Override
	public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
			INDArray parameters, boolean initialize, DataType dataType) {
		AttentionLayer layer = new AttentionLayer(conf, dataType);
		layer.setListeners(listeners);
		layer.setIndex(index);
		layer.setParamsViewArray(parameters);
		layer.setParamTable(initializer().init(conf, parameters, initialize));
		layer.setConf(conf);
		return layer;
	}

	@Override
	public ParamInitializer initializer() {
		return new AttentionParameters();
	}

	@Override
	public InputType getOutputType(int index, InputType input) {
		return InputType.recurrent(this.nOut);
	}

	@Override
	public LayerMemoryReport getMemoryReport(InputType inputType) {
		throw new UnsupportedOperationException("networks estimate their own memory");
	}

}
