package io.unfold.nn.layer;

import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseOutputLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An output layer and its loss, summed over what the mask lets count. Its gradient and
 * its loss come from one pass: floats on the kernels, doubles on DL4J's own loss
 * functions, which the former are checked against.
 */
public class AnswerLayer extends BaseOutputLayer<AnswerConf> {

	private final AnswerPass pass;

	/** The weights, where they are those of an embedding; null: they are its own. */
	private @Nullable TokenVectors vectors;

	/** The loss of the pass that gave the last gradient; NaN when there is none. */
	private double loss = Double.NaN;

	AnswerLayer(NeuralNetConfiguration conf, DataType dataType) {
		super(conf, dataType);
		AnswerConf layer = (AnswerConf) conf.getLayer();
		this.pass = (dataType == DataType.DOUBLE) ? new DoubleAnswerPass(layer) : new FloatAnswerPass(layer);
	}

	/** Takes the vectors of an embedding for its weights. */
	void tie(TokenVectors vectors) {
		this.vectors = vectors;
	}

	@Override
	public void setInput(INDArray input, LayerWorkspaceMgr workspaces) {
		super.setInput(input, workspaces);
		this.loss = Double.NaN;
	}

	@Override
	public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
		assertInputSet(false);
		applyDropOutIfNecessary(training, workspaces);
		long[] shape = this.input.shape().clone();
		shape[1] = layerConf().getNOut();
		INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, this.dataType, shape, 'f');
		this.pass.forward(parameters(), columnMajor(this.input, ArrayType.FF_WORKING_MEM, workspaces), mask(), out);
		return out;
	}

	/**
	 * The likeliest class of each step for its input, without dropout; [batch, 1, time],
	 * 0 where a row has no step.
	 */
	public INDArray likeliest(LayerWorkspaceMgr workspaces) {
		assertInputSet(false);
		long[] shape = this.input.shape().clone();
		shape[1] = 1;
		INDArray out = workspaces.createUninitialized(ArrayType.FF_WORKING_MEM, this.dataType, shape, 'f');
		this.pass.likeliest(parameters(), columnMajor(this.input, ArrayType.FF_WORKING_MEM, workspaces), mask(), out);
		return out;
	}

	@Override
	public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
		assertInputSet(true);
		applyDropOutIfNecessary(true, workspaces);
		INDArray x = columnMajor(this.input, ArrayType.BP_WORKING_MEM, workspaces);
		INDArray dx = workspaces.createUninitialized(ArrayType.ACTIVATION_GRAD, this.dataType, x.shape(), 'f');
		INDArray w = (this.vectors != null) ? this.vectors.gradient()
				: NativeArrays.named(this.gradientViews, DefaultParamInitializer.WEIGHT_KEY).assign(0);
		INDArray b = NativeArrays.named(this.gradientViews, DefaultParamInitializer.BIAS_KEY);
		this.loss = this.pass.backward(parameters(), x, labels(), mask(), new AnswerPass.Parameters(w, b), dx);
		Gradient gradient = new DefaultGradient();
		if (this.vectors == null) {
			gradient.setGradientFor(DefaultParamInitializer.WEIGHT_KEY, w);
		}
		gradient.setGradientFor(DefaultParamInitializer.BIAS_KEY, b);
		return new Pair<>(gradient, backpropDropOutIfPresent(dx));
	}

	@Override
	public double computeScore(double regularization, boolean training, LayerWorkspaceMgr workspaces) {
		if (Double.isNaN(this.loss)) {
			applyDropOutIfNecessary(training, workspaces);
			INDArray x = columnMajor(this.input, ArrayType.FF_WORKING_MEM, workspaces);
			this.score = this.pass.judge(parameters(), x, labels(), mask(), training).loss() + regularization;
		}
		else {
			this.score = this.loss + regularization;
		}
		return this.score;
	}

	/**
	 * How good the answers to its input are, by its labels, without what makes training
	 * alone better.
	 */
	public Judgement judge(LayerWorkspaceMgr workspaces) {
		assertInputSet(false);
		INDArray x = columnMajor(this.input, ArrayType.FF_WORKING_MEM, workspaces);
		return this.pass.judge(parameters(), x, labels(), mask(), false);
	}

	@Override
	public INDArray computeScoreForExamples(double regularization, LayerWorkspaceMgr workspaces) {
		throw new UnsupportedOperationException("only the loss of a whole batch is known");
	}

	@Override
	protected INDArray getLabels2d(LayerWorkspaceMgr workspaces, ArrayType type) {
		throw new UnsupportedOperationException("labels are taken as they are");
	}

	/** The input's mask is not the labels': those have one of their own. */
	@Override
	public @Nullable Pair<INDArray, MaskState> feedForwardMaskArray(INDArray mask, MaskState state, int batch) {
		return null;
	}

	@Override
	public void clear() {
		super.clear();
		this.loss = Double.NaN;
	}

	private AnswerPass.Parameters parameters() {
		INDArray w = (this.vectors != null) ? this.vectors.values() : getParam(DefaultParamInitializer.WEIGHT_KEY);
		return new AnswerPass.Parameters(w, getParam(DefaultParamInitializer.BIAS_KEY));
	}

	private INDArray labels() {
		if (this.labels == null) {
			throw new IllegalStateException("layer '" + layerConf().getLayerName() + "' has no labels");
		}
		return this.labels;
	}

	private float @Nullable [] mask() {
		return (this.maskArray != null) ? this.maskArray.castTo(DataType.FLOAT).dup('f').data().asFloat() : null;
	}

	private static INDArray columnMajor(INDArray array, ArrayType type, LayerWorkspaceMgr workspaces) {
		return NativeArrays.isColumnMajor(array) ? array : workspaces.dup(type, array, 'f');
	}

}
