package io.unfold.nn.network;

import java.util.List;

import io.unfold.nn.cell.AttentionScore;
import io.unfold.nn.cell.AttentionShape;
import io.unfold.nn.layer.FinalStepConf;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * An encoder-decoder between two vocabularies.
 *
 * @param sourceVocabulary number of source tokens
 * @param targetVocabulary number of target tokens, start and end among them
 * @param sharedVocabulary whether the tokens of source and target are the same
 * @param spec the layers
 */
public record EncoderDecoderArchitecture(int sourceVocabulary, int targetVocabulary, boolean sharedVocabulary,
		EncoderDecoderSpec spec) implements Architecture<EncoderDecoderNetwork> {

	public EncoderDecoderArchitecture {
		if (sharedVocabulary && sourceVocabulary != targetVocabulary) {
			throw new IllegalArgumentException("one vocabulary has one size");
		}
	}

	/** Between two vocabularies that are not one. */
	public EncoderDecoderArchitecture(int sourceVocabulary, int targetVocabulary, EncoderDecoderSpec spec) {
		this(sourceVocabulary, targetVocabulary, false, spec);
	}

	static final String SOURCE = "sourceEmbedding";

	static final String TARGET = "targetEmbedding";

	static final String ENCODER = "encoder";

	static final String DECODER = "decoder";

	static final String BRIDGE = "bridge";

	static final String ATTENTION = "attention";

	static final String OUTPUT = "output";

	@Override
	public TrainableNetwork<EncoderDecoderNetwork> trainable(LearningSpec learning) {
		return new GraphNetwork<>(graph(learning, DataType.FLOAT), (batch) -> arrays(batch, DataType.FLOAT),
				this::serving, learning);
	}

	@Override
	public EncoderDecoderNetwork serving(Tensors parameters) {
		shapes().check(parameters);
		return new TwinEncoderDecoder(this, parameters);
	}

	@Override
	public long parameterCount() {
		return shapes().count();
	}

	@Override
	public String whyWhole() {
		return "an encoder-decoder reads the whole source before it writes: cut off from it, the decoder would learn nothing of the source";
	}

	@Override
	public List<Window> windows(Batch batch, TruncatedBptt bptt) {
		throw new IllegalArgumentException(whyWhole());
	}

	@Override
	public long trainingBytes(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt) {
		return cost(batch, steps, decoderSteps).bytes(parameterCount());
	}

	@Override
	public double trainingFlops(int batch, int steps, int decoderSteps, @Nullable TruncatedBptt bptt) {
		return cost(batch, steps, decoderSteps).flops();
	}

	@Override
	public boolean readsItsAnswers() {
		return true;
	}

	@Override
	public Output output() {
		return new Output(Output.Kind.CLASSES, this.targetVocabulary, true);
	}

	/** Size of what the encoder knows in the end. */
	private int encoded() {
		return this.spec.encoder().outputs();
	}

	/** Size of what the output layer sees. */
	private int decoded() {
		return this.spec.tiedEmbeddings() ? this.spec.vectors() : this.spec.decoder().outputs();
	}

	/** Whether the source's tokens have the vectors of the target's. */
	boolean tiesSource() {
		return this.spec.tiedEmbeddings() && this.sharedVocabulary;
	}

	/** Of its attention; null where it has none. */
	@Nullable AttentionShape attention() {
		AttentionScore score = this.spec.attention().score();
		return (score != null) ? new AttentionShape(score, this.spec.decoder().outputs(), encoded(), decoded()) : null;
	}

	/** DL4J's graph. */
	ComputationGraphConfiguration graph(LearningSpec learning, DataType dataType) {
		GraphParts parts = new GraphParts(learning.seed(), dataType);
		int size = this.spec.vectors();
		parts.graph().addInputs("source", "previous");
		parts.embedding(SOURCE, this.sourceVocabulary, size, tiesSource() ? TARGET : null, "source");
		parts.embedding(TARGET, this.targetVocabulary, size, "previous");
		String encoder = parts.stack(ENCODER, this.spec.encoder(), size, true, SOURCE, List.of());
		parts.graph().addVertex("encoded", new FinalStepConf(this.spec.encoder().units()), encoder);
		List<String> states = parts.startingStates(BRIDGE, this.spec.decoder(), encoded(), "encoded");
		String decoder = parts.stack(DECODER, this.spec.decoder(), size, true, TARGET, states);
		AttentionShape attention = attention();
		String top = decoder;
		if (attention != null) {
			parts.attention(ATTENTION, attention, this.spec.encoder().dropout(), decoder, encoder);
			top = ATTENTION;
		}
		parts.output(OUTPUT, output().smoothed(learning.labelSmoothing()), decoded(),
				this.spec.tiedEmbeddings() ? TARGET : null, this.spec.decoder().dropout(), top);
		return parts.graph().build();
	}

	/** A batch as the graph takes it. */
	GraphBatch arrays(Batch batch, DataType dataType) {
		Sequences.Tokens previous = batch.decoderInputs();
		if (previous == null) {
			throw new IllegalArgumentException("an encoder-decoder learns from decoder inputs");
		}
		long targets = 0;
		for (int length : previous.lengths()) {
			targets += length;
		}
		return new GraphBatch(
				new INDArray[] { GraphArrays.inputs(batch.inputs(), dataType), GraphArrays.inputs(previous, dataType) },
				new @Nullable INDArray[] { GraphArrays.mask(batch.inputs(), dataType),
						GraphArrays.mask(previous, dataType) },
				GraphArrays.labels(batch.targets(), output(), previous, dataType), GraphArrays.mask(previous, dataType),
				GraphParts.lossScale(output(), targets));
	}

	private ParameterShapes shapes() {
		ParameterShapes shapes = new ParameterShapes();
		if (!tiesSource()) {
			shapes.embedding(SOURCE, this.sourceVocabulary, this.spec.vectors());
		}
		shapes.embedding(TARGET, this.targetVocabulary, this.spec.vectors())
			.stack(ENCODER, this.spec.encoder(), this.spec.vectors())
			.startingStates(BRIDGE, this.spec.decoder(), encoded())
			.stack(DECODER, this.spec.decoder(), this.spec.vectors());
		AttentionShape attention = attention();
		if (attention != null) {
			shapes.attention(ATTENTION, attention);
		}
		return this.spec.tiedEmbeddings() ? shapes.bias(OUTPUT, this.targetVocabulary)
				: shapes.dense(OUTPUT, decoded(), this.targetVocabulary);
	}

	private TrainingCost cost(long batch, long steps, long decoderSteps) {
		TrainingCost cost = new TrainingCost().stack(this.spec.encoder(), this.spec.vectors(), batch, steps)
			.stack(this.spec.decoder(), this.spec.vectors(), batch, decoderSteps)
			.startingStates(this.spec.decoder(), encoded(), batch)
			.dense(decoded(), this.targetVocabulary, batch, decoderSteps);
		AttentionShape attention = attention();
		if (attention != null) {
			cost.attention(attention, batch, decoderSteps, steps);
		}
		return cost;
	}

}
