package io.unfold.nn.layer;

import java.util.Collection;

import io.unfold.nn.cell.CellSpec;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.ParamInitializer;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.RNNFormat;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.BaseRecurrentLayer;
import org.deeplearning4j.nn.conf.memory.LayerMemoryReport;
import org.deeplearning4j.optimize.api.TrainingListener;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * DL4J's configuration of a recurrent layer: one cell, run forwards or in both
 * directions. Its output is h of each step, [batch, units, time], or both directions'
 * side by side, [batch, 2 * units, time]. It is made in code and never read from JSON.
 */
public class CellLayerConf extends BaseRecurrentLayer {

	private final CellSpec cell;

	private final boolean bidirectional;

	private final boolean wantsInputGradient;

	/**
	 * @param inputs features of the input
	 * @param wantsInputGradient false where nothing below learns
	 */
	public CellLayerConf(CellSpec cell, int inputs, boolean bidirectional, boolean wantsInputGradient) {
		this.cell = cell;
		this.bidirectional = bidirectional;
		this.wantsInputGradient = wantsInputGradient;
		this.nIn = inputs;
		this.nOut = (long) cell.units() * (bidirectional ? 2 : 1);
		this.rnnDataFormat = RNNFormat.NCW;
	}

	public CellSpec cell() {
		return this.cell;
	}

	boolean bidirectional() {
		return this.bidirectional;
	}

	boolean wantsInputGradient() {
		return this.wantsInputGradient;
	}

	@Override
	public Layer instantiate(NeuralNetConfiguration conf, Collection<TrainingListener> listeners, int index,
			INDArray parameters, boolean initialize, DataType dataType) {
		CellLayer layer = new CellLayer(conf, dataType);
		layer.setListeners(listeners);
		layer.setIndex(index);
		layer.setParamsViewArray(parameters);
		layer.setParamTable(initializer().init(conf, parameters, initialize));
		layer.setConf(conf);
		return layer;
	}

	@Override
	public ParamInitializer initializer() {
		return new CellParameters();
	}

	@Override
	public LayerMemoryReport getMemoryReport(InputType inputType) {
		throw new UnsupportedOperationException("networks estimate their own memory");
	}

}
