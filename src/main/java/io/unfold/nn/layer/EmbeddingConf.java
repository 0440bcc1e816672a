package io.unfold.nn.layer;

import java.util.Collection;
import java.util.Map;

import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.params.EmptyParamInitializer;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * DL4J's configuration of a layer that turns tokens, [batch, 1, time], into vectors,
 * [batch, size, time]. Its one parameter W [size, vocabulary], unless it is tied to
 * another embedding, has a column for each token and begins with Gaussian numbers of
 * variance 2 / (1 + size).
 */
public class EmbeddingConf extends FeedForwardLayer {

	/** The embedding whose vectors these are; null: its own. */
	private final @Nullable String tiedTo;

	/**
	 * @param tiedTo name of the embedding whose vectors it uses; null: its own
	 */
	public EmbeddingConf(int vocabulary, int size, @Nullable String tiedTo) {
		this.tiedTo = tiedTo;
		this.nIn = vocabulary;
		this.nOut = size;
	}

	@Nullable String tiedTo() {
		return this.tiedTo;
	}

	@Override
	public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
			INDArray parameters, boolean initialize, DataType dataType) {
		EmbeddingLayer layer = new EmbeddingLayer(conf, dataType);
		layer.setListeners(listeners);
		layer.setIndex(index);
		layer.setParamsViewArray(parameters);
		layer.setParamTable(initializer().init(conf, parameters, initialize));
		layer.setConf(conf);
		return layer;
	}

	@Override
	public ParamInitializer initializer() {
		return (this.tiedTo != null) ? EmptyParamInitializer.getInstance() : new Vectors();
	}

	@Override
	public InputType getOutputType(int index, InputType input) {
		return InputType.recurrent(this.nOut);
	}

	@Override
	public LayerMemoryReport getMemoryReport(InputType inputType) {
		throw new UnsupportedOperationException("networks estimate their own memory");
	}

	/** A vector of {@code nOut} elements for each of {@code nIn} tokens; no bias. */
	private static final class Vectors extends DefaultParamInitializer {

		@Override
		protected boolean hasBias(org.deeplearning4j.nn.conf.layers.Layer layer) {
			return false;
		}

		@Override
		protected INDArray createWeightMatrix(NeuralNetConfiguration conf, INDArray view, boolean initialize) {
			INDArray vectors = vectors(conf, view);
			if (initialize) {
				double spread = Math.sqrt(2.0 / (1 + vectors.size(0)));
				vectors.assign(Nd4j.randn(DataType.DOUBLE, vectors.shape()).muli(spread));
			}
			return vectors;
		}

		@Override
		public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradients) {
			return Map.of(WEIGHT_KEY, vectors(conf, gradients));
		}

		private static INDArray vectors(NeuralNetConfiguration conf, INDArray flat) {
			FeedForwardLayer layer = (FeedForwardLayer) conf.getLayer();
			return flat.reshape(flat.length()).reshape('f', layer.getNOut(), layer.getNIn());
		}

	}

}
