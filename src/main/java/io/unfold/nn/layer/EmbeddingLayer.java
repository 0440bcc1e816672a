package io.unfold.nn.layer;

import io.unfold.nn.cell.Floats;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.layers.BaseLayer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Vectors for tokens, in the layout that the kernels read. A row's vector is zero where
 * it has no step.
 */
class EmbeddingLayer extends BaseLayer<EmbeddingConf> {

	/** Token of each step and row, or -1 where there is none; [time][batch]. */
	private int[] tokens = {};

	private TokenVectors vectors = new TokenVectors(this);

	EmbeddingLayer(NeuralNetConfiguration conf, DataType dataType) {
		super(conf, dataType);
	}

	/** Uses the vectors of another embedding from now on. */
	void tie(TokenVectors vectors) {
		this.vectors = vectors;
	}

	TokenVectors vectors() {
		return this.vectors;
	}

	/** Its parameter. */
	INDArray values() {
		return getParam(DefaultParamInitializer.WEIGHT_KEY);
	}

	/** Where the gradient of its parameter belongs. */
	INDArray gradientOfValues() {
		return NativeArrays.named(this.gradientViews, DefaultParamInitializer.WEIGHT_KEY);
	}

	private boolean isTied() {
		return layerConf().tiedTo() != null;
	}

	@Override
	public INDArray activate(boolean training, LayerWorkspaceMgr workspaces) {
		assertInputSet(false);
		readTokens();
		int batch = (int) this.input.size(0);
		int size = (int) layerConf().getNOut();
		if (!isTied()) {
			this.vectors.forward();
		}
		INDArray vectors = this.vectors.values();
		INDArray out = workspaces.createUninitialized(ArrayType.ACTIVATIONS, this.dataType,
				new long[] { batch, size, this.input.size(2) }, 'f');
		if (this.dataType == DataType.DOUBLE) {
			for (int i = 0; i < this.tokens.length; i++) {
				for (int k = 0; k < size; k++) {
					double value = (this.tokens[i] < 0) ? 0 : vectors.getDouble(k, this.tokens[i]);
					out.putScalar(i % batch, k, i / batch, value);
				}
			}
			return out;
		}
		Floats from = NativeArrays.floats(vectors);
		Floats to = NativeArrays.floats(out);
		float[] vector = new float[size];
		float[] step = new float[size * batch];
		for (int t = 0; t < this.input.size(2); t++) {
			for (int row = 0; row < batch; row++) {
				int token = this.tokens[t * batch + row];
				if (token >= 0) {
					from.get((long) token * size, vector, 0, size);
				}
				for (int k = 0; k < size; k++) {
					step[k * batch + row] = (token < 0) ? 0 : vector[k];
				}
			}
			to.put((long) t * step.length, step, 0, step.length);
		}
		return out;
	}

	@Override
	public Pair<Gradient, INDArray> backpropGradient(INDArray epsilon, LayerWorkspaceMgr workspaces) {
		assertInputSet(true);
		INDArray view = this.vectors.gradient();
		if (this.dataType == DataType.DOUBLE) {
			int batch = (int) this.input.size(0);
			for (int i = 0; i < this.tokens.length; i++) {
				for (int k = 0; this.tokens[i] >= 0 && k < layerConf().getNOut(); k++) {
					view.putScalar(k, this.tokens[i],
							view.getDouble(k, this.tokens[i]) + epsilon.getDouble(i % batch, k, i / batch));
				}
			}
		}
		else {
			addGradients(NativeArrays.isColumnMajor(epsilon) ? epsilon
					: workspaces.dup(ArrayType.BP_WORKING_MEM, epsilon, 'f'), NativeArrays.floats(view));
		}
		Gradient gradient = new DefaultGradient();
		if (!isTied()) {
			gradient.setGradientFor(DefaultParamInitializer.WEIGHT_KEY, view);
		}
		return new Pair<>(gradient, null);
	}

	private void addGradients(INDArray epsilon, Floats to) {
		int batch = (int) this.input.size(0);
		int size = (int) layerConf().getNOut();
		Floats from = NativeArrays.floats(epsilon);
		float[] step = new float[size * batch];
		float[] vector = new float[size];
		for (int t = 0; t < epsilon.size(2); t++) {
			from.get((long) t * step.length, step, 0, step.length);
			for (int row = 0; row < batch; row++) {
				int token = this.tokens[t * batch + row];
				if (token >= 0) {
					to.get((long) token * size, vector, 0, size);
					for (int k = 0; k < size; k++) {
						vector[k] += step[k * batch + row];
					}
					to.put((long) token * size, vector, 0, size);
				}
			}
		}
	}

	private void readTokens() {
		int batch = (int) this.input.size(0);
		double[] ids = this.input.dup('f').data().asDouble();
		double @Nullable [] mask = (this.maskArray != null) ? this.maskArray.dup('f').data().asDouble() : null;
		this.tokens = new int[ids.length];
		for (int i = 0; i < ids.length; i++) {
			int token = (int) ids[i];
			if (token < 0 || token >= layerConf().getNIn()) {
				throw new IllegalArgumentException("token " + token + " of row " + i % batch
						+ " is not in the vocabulary of " + layerConf().getNIn());
			}
			this.tokens[i] = (mask == null || mask[i] != 0) ? token : -1;
		}
	}

	@Override
	public boolean isPretrainLayer() {
		return false;
	}

	@Override
	public Type type() {
		return Type.RECURRENT;
	}

}
