package io.unfold.nn.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.unfold.nn.cell.CellShape;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Orthogonal;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The parameters of a recurrent layer: W, R and b, and the same again with the prefix
 * "back" for the second direction. They begin, gate by gate, with W uniform in +-sqrt(6 /
 * (inputs + units)) (Glorot and Bengio 2010) and R orthogonal; b is zero but where the
 * cell says otherwise.
 */
class CellParameters implements ParamInitializer {

	static final String[] PREFIXES = { "", "back" };

	@Override
	public long numParams(NeuralNetConfiguration conf) {
		return numParams(conf.getLayer());
	}

	@Override
	public long numParams(Layer layer) {
		CellLayerConf conf = (CellLayerConf) layer;
		return directions(conf) * conf.cell().parameters((int) conf.getNIn());
	}

	@Override
	public List<String> paramKeys(Layer layer) {
		return keys(layer, "W", "R", "b");
	}

	@Override
	public List<String> weightKeys(Layer layer) {
		return keys(layer, "W", "R");
	}

	@Override
	public List<String> biasKeys(Layer layer) {
		return keys(layer, "b");
	}

	@Override
	public boolean isWeightParam(Layer layer, String key) {
		return !isBiasParam(layer, key);
	}

	@Override
	public boolean isBiasParam(Layer layer, String key) {
		return key.endsWith("b");
	}

	@Override
	public Map<String, INDArray> init(NeuralNetConfiguration conf, INDArray paramsView, boolean initializeParams) {
		CellLayerConf layer = (CellLayerConf) conf.getLayer();
		Map<String, INDArray> parameters = views(layer, paramsView);
		parameters.keySet().forEach(conf::addVariable);
		for (int direction = 0; initializeParams && direction < directions(layer); direction++) {
			initialize(layer.cell(), arrays(parameters, direction));
		}
		return parameters;
	}

	@Override
	public Map<String, INDArray> getGradientsFromFlattened(NeuralNetConfiguration conf, INDArray gradientView) {
		return views((CellLayerConf) conf.getLayer(), gradientView);
	}

	/** The parameters, or gradients, of one direction. */
	static CellArrays arrays(Map<String, INDArray> table, int direction) {
		String prefix = PREFIXES[direction];
		return new CellArrays(NativeArrays.named(table, prefix + "W"), NativeArrays.named(table, prefix + "R"),
				NativeArrays.named(table, prefix + "b"));
	}

	private static int directions(CellLayerConf conf) {
		return conf.bidirectional() ? 2 : 1;
	}

	private static List<String> keys(Layer layer, String... names) {
		List<String> keys = new ArrayList<>();
		for (int direction = 0; direction < directions((CellLayerConf) layer); direction++) {
			for (String name : names) {
				keys.add(PREFIXES[direction] + name);
			}
		}
		return keys;
	}

	private static Map<String, INDArray> views(CellLayerConf conf, INDArray flat) {
		CellShape shape = conf.cell().shape();
		long units = conf.cell().units();
		long columns = shape.gates() * units;
		INDArray all = flat.reshape(flat.length());
		Map<String, INDArray> views = new LinkedHashMap<>();
		long rows = conf.cell().rows((int) conf.getNIn());
		long from = 0;
		for (int direction = 0; direction < directions(conf); direction++) {
			long r = from + rows * columns;
			long b = r + units * columns;
			long end = b + shape.biases() * units;
			views.put(PREFIXES[direction] + "W", all.get(NDArrayIndex.interval(from, r)).reshape('f', rows, columns));
			views.put(PREFIXES[direction] + "R", all.get(NDArrayIndex.interval(r, b)).reshape('f', units, columns));
			views.put(PREFIXES[direction] + "b", all.get(NDArrayIndex.interval(b, end)));
			from = end;
		}
		return views;
	}

	private static void initialize(CellSpec cell, CellArrays arrays) {
		int units = cell.units();
		long inputs = arrays.w().size(0);
		double range = Math.sqrt(6.0 / (inputs + units));
		arrays.w().assign(Nd4j.rand(DataType.DOUBLE, arrays.w().shape()).muli(2 * range).subi(range));
		for (int gate = 0; gate < cell.shape().gates(); gate++) {
			float[] square = Nd4j.randn(DataType.FLOAT, (long) units * units).toFloatVector();
			Orthogonal.orthonormalize(square, units);
			arrays.r()
				.get(NDArrayIndex.all(), NDArrayIndex.interval((long) gate * units, (long) (gate + 1) * units))
				.assign(Nd4j.create(square, new long[] { units, units }, 'f'));
		}
		for (int block = 0; block < cell.shape().biases(); block++) {
			arrays.b()
				.get(NDArrayIndex.interval((long) block * units, (long) (block + 1) * units))
				.assign(cell.initialBias(block));
		}
	}

}
