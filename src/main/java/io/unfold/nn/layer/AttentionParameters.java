package io.unfold.nn.layer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.unfold.nn.cell.AttentionShape;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of attention. Like the weights of dense layers they begin with Gaussian
 * numbers of variance 2 / (rows + columns) (Glorot and Bengio 2010).
 */
class AttentionParameters implements ParamInitializer {

	@Override
	public long numParams(NeuralNetConfiguration conf) {
		return numParams(conf.getLayer());
	}

	@Override
	public long numParams(Layer layer) {
		return shape(layer).length();
	}

	@Override
	public List<String> paramKeys(Layer layer) {
		return shape(layer).parts().stream().map(AttentionShape.Part::name).toList();
	}

	@Override
	public List<String> weightKeys(Layer layer) {
		return paramKeys(layer);
	}

	@Override
	public List<String> biasKeys(Layer layer) {
		return List.of();
	}

	@Override
	public boolean isWeightParam(Layer layer, String key) {
		return true;
	}

	@Override
	public boolean isBiasParam(Layer layer, String key) {
		return false;
	}

	@Override
	public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray parameters, boolean initialize) {
		Map<String, INDArray> table = views(conf.getLayer(), parameters);
		table.forEach((name, array) -> {
			conf.addVariable(name);
			if (initialize) {
				double spread = Math.sqrt(2.0 / (array.size(0) + array.size(1)));
				array.assign(Nd4j.randn(DataType.DOUBLE, array.shape()).muli(spread));
			}
		});
		return table;
	}

	@Override
	public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradients) {
		return views(conf.getLayer(), gradients);
	}

	private static Map<String, INDArray> views(Layer layer, INDArray flat) {
		INDArray all = flat.reshape(flat.length());
		Map<String, INDArray> views = new LinkedHashMap<>();
		for (AttentionShape.Part part : shape(layer).parts()) {
			views.put(part.name(), all.get(NDArrayIndex.interval(part.offset(), part.offset() + part.length()))
				.reshape('f', part.rows(), part.columns()));
		}
		return views;
	}

	private static AttentionShape shape(Layer layer) {
		return ((AttentionConf) layer).shape();
	}

}
