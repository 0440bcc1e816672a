package io.unfold.nn.network;

import java.util.List;

import io.unfold.nn.layer.FinalStepConf;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A recurrent autoencoder. The encoder's final states, of both directions where it has
 * two, go through a dense layer with tanh: the code. Dense layers with tanh make of it
 * the starting state of each layer of the decoder, which reads it at every step too (Cho
 * et al. 2014, arXiv:1406.1078), and nothing else: so what is trained is what is served,
 * and no step is told the one before it. It answers from the last step to the first
 * (Srivastava et al. 2015, arXiv:1502.04681; Malhotra et al. 2016, arXiv:1607.00148).
 *
 * @param input what is read at each step, and reconstructed: values by the squared error,
 * tokens by softmax
 * @param spec the layers and the size of the code
 */
public record AutoencoderArchitecture(StepInput input,
		EncoderDecoderSpec spec) implements Architecture<AutoencoderNetwork> {

	static final String EMBEDDING = "embedding";

	static final String ENCODER = "encoder";

	static final String CODE = "code";

	static final String BRIDGE = "bridge";

	static final String DECODER = "decoder";

	static final String OUTPUT = "output";

	@Override
	public TrainableNetwork<AutoencoderNetwork> trainable(LearningSpec learning) {
		return new GraphNetwork<>(graph(learning, DataType.FLOAT), (batch) -> arrays(batch, DataType.FLOAT),
				this::serving, learning);
	}

	@Override
	public AutoencoderNetwork serving(Tensors parameters) {
		shapes().check(parameters);
		return new TwinAutoencoder(this, parameters);
	}

	@Override
	public long parameterCount() {
		return shapes().count();
	}

	@Override
	public String whyWhole() {
		return "an autoencoder reads the whole sequence before it reconstructs it: of a window alone its code would say nothing of the rest";
	}

	@Override
	public List<Window> windows(Batch batch, TruncatedBptt bptt) {
		throw new IllegalArgumentException(whyWhole());
	}

	@Override
	public long trainingBytes(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt) {
		return cost(batch, steps).bytes(parameterCount());
	}

	@Override
	public double trainingFlops(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt) {
		return cost(batch, steps).flops();
	}

	/** What it answers: steps like those that it reads. */
	@Override
	public Output output() {
		return (this.input instanceof StepInput.Tokens tokens)
				? new Output(Output.Kind.CLASSES, tokens.vocabulary(), true)
				: new Output(Output.Kind.VALUES, features(), true);
	}

	/** Size of what the first recurrent layer reads at each step. */
	int features() {
		return (this.input instanceof StepInput.Values values) ? values.features() : this.spec.vectors();
	}

	/** Size of the code. */
	int code() {
		Integer code = this.spec.code();
		if (code == null) {
			throw new IllegalStateException("an autoencoder's spec has the size of its code");
		}
		return code;
	}

	/** DL4J's graph. */
	ComputationGraphConfiguration graph(LearningSpec learning, DataType dataType) {
		GraphParts parts = new GraphParts(learning.seed(), dataType);
		parts.graph().addInputs("input");
		boolean embedded = this.input instanceof StepInput.Tokens;
		if (this.input instanceof StepInput.Tokens tokens) {
			parts.embedding(EMBEDDING, tokens.vocabulary(), features(), "input");
		}
		String encoder = parts.stack(ENCODER, this.spec.encoder(), features(), embedded, embedded ? EMBEDDING : "input",
				List.of());
		parts.graph().addVertex("encoded", new FinalStepConf(this.spec.encoder().units()), encoder);
		parts.dense(CODE, this.spec.encoder().outputs(), code(), "encoded");
		parts.repeat("repeated", CODE, "input");
		String decoder = parts.stack(DECODER, this.spec.decoder(), code(), true, "repeated",
				parts.startingStates(BRIDGE, this.spec.decoder(), code(), CODE));
		parts.output(OUTPUT, output().smoothed(learning.labelSmoothing()), this.spec.decoder().outputs(),
				this.spec.decoder().dropout(), decoder);
		return parts.graph().build();
	}

	/** A batch as the graph takes it. */
	GraphBatch arrays(Batch batch, DataType dataType) {
		long targets = 0;
		for (int length : batch.inputs().lengths()) {
			targets += length;
		}
		return new GraphBatch(new INDArray[] { GraphArrays.inputs(batch.inputs(), dataType) },
				new @Nullable INDArray[] { GraphArrays.mask(batch.inputs(), dataType) },
				GraphArrays.labels(reversed(batch.targets(), batch.inputs()), output(), batch.inputs(), dataType),
				GraphArrays.mask(batch.inputs(), dataType), GraphParts.lossScale(output(), targets));
	}

	/** Each row from its last step to its first. */
	private Targets reversed(Targets targets, Sequences sequences) {
		int batch = sequences.batch();
		int[] lengths = sequences.lengths();
		if (targets instanceof Targets.Values values) {
			int block = features() * batch;
			float[] reversed = new float[sequences.steps() * block];
			for (int i = 0; i < reversed.length; i++) {
				int t = lengths[i % batch] - 1 - i / block;
				reversed[i] = (t >= 0) ? values.data()[t * block + i % block] : 0;
			}
			return new Targets.Values(reversed, values.washout());
		}
		int[] ids = ((Targets.Classes) targets).ids();
		int[] reversed = new int[sequences.steps() * batch];
		for (int i = 0; i < reversed.length; i++) {
			int t = lengths[i % batch] - 1 - i / batch;
			reversed[i] = (t >= 0) ? ids[t * batch + i % batch] : 0;
		}
		return new Targets.Classes(reversed);
	}

	private ParameterShapes shapes() {
		ParameterShapes shapes = new ParameterShapes();
		if (this.input instanceof StepInput.Tokens tokens) {
			shapes.embedding(EMBEDDING, tokens.vocabulary(), features());
		}
		return shapes.stack(ENCODER, this.spec.encoder(), features())
			.dense(CODE, this.spec.encoder().outputs(), code())
			.startingStates(BRIDGE, this.spec.decoder(), code())
			.stack(DECODER, this.spec.decoder(), code())
			.dense(OUTPUT, this.spec.decoder().outputs(), output().size());
	}

	private TrainingCost cost(long batch, long steps) {
		return new TrainingCost().stack(this.spec.encoder(), features(), batch, steps)
			.dense(this.spec.encoder().outputs(), code(), batch, 1)
			.startingStates(this.spec.decoder(), code(), batch)
			.stack(this.spec.decoder(), code(), batch, steps)
			.dense(this.spec.decoder().outputs(), output().size(), batch, steps);
	}

}
