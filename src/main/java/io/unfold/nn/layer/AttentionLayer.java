package io.unfold.nn.layer;

import java.util.Arrays;

import io.unfold.nn.NativeRuntime;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.dropout.Dropout;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Attention over an encoder's outputs, for all steps of a decoder at once. Its forward
 * pass keeps what the backward pass needs. Networks of floats run on the kernel, networks
 * of doubles on the plain formulas.
 */
class AttentionLayer extends BaseLayer<AttentionConf> {

	static {
		NativeRuntime.prepareNd4j();
	}

	private final AttentionPass pass;

	/** Of the source; null: none. */
	private final @Nullable Dropout sourceDropout;

	/** Whether the last pass has dropped some of the source. */
	private boolean dropped;

	/** The encoder's outputs; null where they are not set. */
	private @Nullable INDArray source;

	/** Steps of the rows' sources; null: all have all. */
	private int @Nullable [] lengths;

	/** Shape of the source of the pass that was kept; empty where there is none. */
	private long[] kept = {};

	AttentionLayer(NeuralNetConfiguration conf, DataType dataType) {
		super(conf, dataType);
		AttentionConf layer = (AttentionConf) conf.getLayer();
		this.sourceDropout = layer.sourceDropout();
		this.pass = (dataType == DataType.DOUBLE) ? new DoubleAttentionPass(layer.shape())
				: new FloatAttentionPass(layer.shape());
	}

	/**
	 * Sets what is attended to, until the layer is cleared.
	 * @param source [batch, encoder, time]
	 */
	void setSource(INDArray source, LayerWorkspaceMgr workspaces) {
		this.source = workspaces.leverageTo(ArrayType.INPUT, source);
		this.kept = new long[0];
	}

	/**
	 * Sets which steps the sources have in the next pass.
	 * @param mask [batch, time]; null: all
	 */
	void setSourceMask(@Nullable INDArray mask) {
		this.lengths = (mask != null) ? lengths(mask) : null;
	}

	private static int[] lengths(INDArray mask) {
		int[] lengths = new int[(int) mask.size(0)];
		for (int row = 0; row < lengths.length; row++) {
			int steps = 0;
			for (int t = 0; t < mask.size(1); t++) {
				if (mask.getDouble(row, t) != 0) {
					lengths[row] = t + 1;
					steps++;
				}
			}
			if (steps == 0 || steps < lengths[row]) {
				throw new IllegalArgumentException(
						"a source must have a step, and be padded at its end only; that of row " + row + " is not");
			}
		}
		return lengths;
	}

	@Override
	public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
		assertInputSet(false);
		if (this.source == null) {
			throw new IllegalStateException("layer '" + layerConf().getLayerName() + "' has nothing to attend to");
		}
		applyDropOutIfNecessary(training, workspaces);
		this.input = columnMajor(this.input, ArrayType.INPUT, workspaces);
		INDArray source = columnMajor(this.source, ArrayType.FF_WORKING_MEM, workspaces);
		Dropout dropout = this.sourceDropout;
		this.dropped = training && dropout != null;
		if (training && dropout != null) {
			INDArray rest = workspaces.createUninitialized(ArrayType.FF_WORKING_MEM, this.dataType, source.shape(),
					'f');
			source = dropout.applyDropout(source, rest, getIterationCount(), getEpochCount(), workspaces);
		}
		int[] lengths = this.lengths;
		if (lengths == null) {
			lengths = new int[(int) source.size(0)];
			Arrays.fill(lengths, (int) source.size(2));
		}
		// the mask is that of one batch
		this.lengths = null;
		long[] shape = this.input.shape().clone();
		shape[1] = layerConf().getNOut();
		INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, this.dataType, shape, 'f');
		this.pass.forward(this.paramsFlattened, this.input, source, lengths, out);
		this.kept = source.shape().clone();
		return out;
	}

	@Override
	public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
		throw new UnsupportedOperationException("there are two inputs to go back to");
	}

	/**
	 * The gradients of the last pass: of the parameters; of the decoder's outputs and the
	 * encoder's.
	 */
	Pair<Gradient, INDArray[]> backward(INDArray epsilon, LayerWorkspaceMgr workspaces) {
		if (this.kept.length == 0) {
			throw new IllegalStateException(
					"layer '" + layerConf().getLayerName() + "' has no pass to go back through");
		}
		INDArray dOut = columnMajor(epsilon, ArrayType.BP_WORKING_MEM, workspaces);
		INDArray dH = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, this.dataType, this.input.shape(), 'f');
		INDArray dSource = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, this.dataType, this.kept, 'f');
		this.pass.backward(this.paramsFlattened, dOut, this.gradientsFlattened, dH, dSource);
		Dropout dropout = this.sourceDropout;
		if (this.dropped && dropout != null) {
			dropout.backprop(dSource, dSource, getIterationCount(), getEpochCount());
		}
		this.kept = new long[0];
		Gradient gradient = new DefaultGradient(this.gradientsFlattened);
		this.gradientViews.forEach((name, view) -> gradient.setGradientFor(name, view));
		return new Pair<>(gradient, new INDArray[] { backpropDropOutIfPresent(dH), dSource });
	}

	@Override
	public void clear() {
		super.clear();
		this.source = null;
		this.kept = new long[0];
	}

	/** Frees the memory that is kept between passes. */
	@Override
	public void close() {
		this.pass.close();
	}

	@Override
	public boolean isPretrainLayer() {
		return false;
	}

	@Override
	public Type type() {
		return Type.RECURRENT;
	}

	private INDArray columnMajor(INDArray array, ArrayType type, LayerWorkspaceMgr workspaces) {
		INDArray typed = array.castTo(this.dataType);
		return NativeArrays.isColumnMajor(typed) ? typed : workspaces.dup(type, typed, 'f');
	}

}
