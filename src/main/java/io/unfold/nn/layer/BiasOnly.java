package io.unfold.nn.layer;

import java.util.List;
import java.util.Map;

import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.FeedForwardLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parameters of an output layer whose weights are another's: a bias of zeros. */
final class BiasOnly implements ParamInitializer {

	private static final String BIAS = DefaultParamInitializer.BIAS_KEY;

	@Override
	public long numParams(NeuralNetConfiguration conf) {
		return numParams(conf.getLayer());
	}

	@Override
	public long numParams(Layer layer) {
		return ((FeedForwardLayer) layer).getNOut();
	}

	@Override
	public List<String> paramKeys(Layer layer) {
		return List.of(BIAS);
	}

	@Override
	public List<String> weightKeys(Layer layer) {
		return List.of();
	}

	@Override
	public List<String> biasKeys(Layer layer) {
		return List.of(BIAS);
	}

	@Override
	public boolean isWeightParam(Layer layer, String key) {
		return false;
	}

	@Override
	public boolean isBiasParam(Layer layer, String key) {
		return BIAS.equals(key);
	}

	@Override
	public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
		conf.addVariable(BIAS);
		Map<String, INDArray> table = getGradientsFromFlattened(conf, parameters);
		if (initialize) {
			table.values().forEach((bias) -> bias.assign(0));
		}
		return table;
	}

	@Override
	public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray flat) {
		return Map.of(BIAS, flat.reshape(flat.length()));
	}

}
