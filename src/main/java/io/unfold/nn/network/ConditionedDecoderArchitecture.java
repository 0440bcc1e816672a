package io.unfold.nn.network;

import java.util.List;

import io.unfold.nn.network.ConditionedDecoderSpec.Conditioning;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A decoder that writes about a feature vector f, of which the feature layers make
 * {@code v = F(f)}. With the embedding e of the token before, layer l starts in
 * {@code tanh(v W_l + b_l)}, and the lowest one reads {@code e} at each step, or
 * {@code [e; v]} where v is injected at every step.
 * <p>
 * In a {@link Batch} the feature vectors are sequences of one step.
 *
 * @param features size of the feature vector
 * @param vocabulary number of tokens, start and end among them
 * @param spec the layers
 */
public record ConditionedDecoderArchitecture(int features, int vocabulary,
		ConditionedDecoderSpec spec) implements Architecture<ConditionedDecoderNetwork> {

	static final String FEATURE = "feature";

	static final String EMBEDDING = "embedding";

	static final String BRIDGE = "bridge";

	static final String DECODER = "decoder";

	static final String OUTPUT = "output";

	@Override
	public TrainableNetwork<ConditionedDecoderNetwork> trainable(LearningSpec learning) {
		return new GraphNetwork<>(graph(learning, DataType.FLOAT), (batch) -> arrays(batch, DataType.FLOAT),
				this::serving, learning);
	}

	@Override
	public ConditionedDecoderNetwork serving(Tensors parameters) {
		shapes().check(parameters);
		return new TwinConditionedDecoder(this, parameters);
	}

	@Override
	public long parameterCount() {
		return shapes().count();
	}

	@Override
	public String whyWhole() {
		return "a decoder that writes about a feature vector begins with it: in a window further on it would have nothing to write about";
	}

	@Override
	public List<Window> windows(Batch batch, TruncatedBptt bptt) {
		throw new IllegalArgumentException(whyWhole());
	}

	@Override
	public long trainingBytes(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt) {
		return cost(batch, decoderSteps).bytes(parameterCount());
	}

	@Override
	public double trainingFlops(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt) {
		return cost(batch, decoderSteps).flops();
	}

	@Override
	public Output output() {
		return new Output(Output.Kind.CLASSES, this.vocabulary, true);
	}

	/** Whether the vector is read at every step. */
	boolean everyStep() {
		return this.spec.conditioning() == Conditioning.PAR_INJECT;
	}

	/** Size of what comes into the decoder of a feature vector. */
	int injected() {
		List<FeatureLayer> layers = this.spec.featureLayers();
		return layers.isEmpty() ? this.features : layers.get(layers.size() - 1).units();
	}

	/** Size of what the lowest recurrent layer reads at each step. */
	int inputs() {
		return this.spec.vectors() + (everyStep() ? injected() : 0);
	}

	/** DL4J's graph. */
	ComputationGraphConfiguration graph(LearningSpec learning, DataType dataType) {
		GraphParts parts = new GraphParts(learning.seed(), dataType);
		StackSpec decoder = this.spec.decoder();
		parts.graph().addInputs("features", "previous");
		String vector = "features";
		int size = this.features;
		for (int i = 0; i < this.spec.featureLayers().size(); i++) {
			FeatureLayer layer = this.spec.featureLayers().get(i);
			parts.dense(FEATURE + i, size, layer, vector);
			vector = FEATURE + i;
			size = layer.units();
		}
		List<String> states = parts.startingStates(BRIDGE, decoder, size, vector);
		parts.embedding(EMBEDDING, this.vocabulary, this.spec.vectors(), "previous");
		String input = EMBEDDING;
		if (everyStep()) {
			parts.repeat("repeated", vector, "previous");
			parts.graph().addVertex("injected", new MergeVertex(), EMBEDDING, "repeated");
			input = "injected";
		}
		String top = parts.stack(DECODER, decoder, inputs(), true, input, states);
		parts.output(OUTPUT, output().smoothed(learning.labelSmoothing()), decoder.outputs(), decoder.dropout(), top);
		return parts.graph().build();
	}

	/** A batch as the graph takes it. */
	GraphBatch arrays(Batch batch, DataType dataType) {
		Sequences.Tokens previous = batch.decoderInputs();
		if (previous == null || !(batch.inputs() instanceof Sequences.Values values)) {
			throw new IllegalArgumentException("a conditioned decoder learns from feature vectors and decoder inputs");
		}
		long targets = 0;
		for (int length : previous.lengths()) {
			targets += length;
		}
		return new GraphBatch(
				new INDArray[] { GraphArrays.array(values.data(), dataType, values.batch(), this.features),
						GraphArrays.inputs(previous, dataType) },
				new @Nullable INDArray[] { null, GraphArrays.mask(previous, dataType) },
				GraphArrays.labels(batch.targets(), output(), previous, dataType), GraphArrays.mask(previous, dataType),
				GraphParts.lossScale(output(), targets));
	}

	private ParameterShapes shapes() {
		ParameterShapes shapes = new ParameterShapes();
		int size = this.features;
		for (int i = 0; i < this.spec.featureLayers().size(); i++) {
			int units = this.spec.featureLayers().get(i).units();
			shapes.dense(FEATURE + i, size, units);
			size = units;
		}
		return shapes.startingStates(BRIDGE, this.spec.decoder(), size)
			.embedding(EMBEDDING, this.vocabulary, this.spec.vectors())
			.stack(DECODER, this.spec.decoder(), inputs())
			.dense(OUTPUT, this.spec.decoder().outputs(), this.vocabulary);
	}

	private TrainingCost cost(long batch, long decoderSteps) {
		TrainingCost cost = new TrainingCost();
		int size = this.features;
		for (FeatureLayer layer : this.spec.featureLayers()) {
			cost.dense(size, layer.units(), batch, 1);
			size = layer.units();
		}
		return cost.startingStates(this.spec.decoder(), size, batch)
			.stack(this.spec.decoder(), inputs(), batch, decoderSteps)
			.dense(this.spec.decoder().outputs(), this.vocabulary, batch, decoderSteps);
	}

}
