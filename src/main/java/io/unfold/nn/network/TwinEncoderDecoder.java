package io.unfold.nn.network;

import java.util.Arrays;
import java.util.List;

import io.unfold.nn.cell.AttentionShape;
import io.unfold.nn.cell.Softmax;
import io.unfold.nn.cell.Steps;
import org.jspecify.annotations.Nullable;

/** The serving twin of an encoder-decoder. */
final class TwinEncoderDecoder implements EncoderDecoderNetwork {

	private final TwinInput source;

	private final TwinInput target;

	private final TwinStack encoder;

	private final TwinStack decoder;

	/** From the encoder's final states to each decoder layer's starting state. */
	private final TwinStartingStates bridges;

	/** Null where there is none. */
	private final @Nullable TwinAttention attention;

	private final TwinDense output;

	private final Pool<EncoderWork> encoders;

	private final Pool<DecoderWork> decoders;

	TwinEncoderDecoder(EncoderDecoderArchitecture architecture, Tensors tensors) {
		EncoderDecoderSpec spec = architecture.spec();
		this.source = TwinInput.of(new StepInput.Tokens(architecture.sourceVocabulary()),
				architecture.tiesSource() ? EncoderDecoderArchitecture.TARGET : EncoderDecoderArchitecture.SOURCE,
				tensors);
		this.target = TwinInput.of(new StepInput.Tokens(architecture.targetVocabulary()),
				EncoderDecoderArchitecture.TARGET, tensors);
		this.encoder = new TwinStack(EncoderDecoderArchitecture.ENCODER, spec.encoder(), spec.vectors(), tensors);
		this.decoder = new TwinStack(EncoderDecoderArchitecture.DECODER, spec.decoder(), spec.vectors(), tensors);
		this.bridges = new TwinStartingStates(EncoderDecoderArchitecture.BRIDGE, spec.decoder(), tensors);
		AttentionShape shape = architecture.attention();
		this.attention = (shape != null) ? new TwinAttention(EncoderDecoderArchitecture.ATTENTION, shape, tensors)
				: null;
		this.output = spec.tiedEmbeddings()
				? TwinDense.tied(tensors.get(EncoderDecoderArchitecture.TARGET + ".W"),
						tensors.get(EncoderDecoderArchitecture.OUTPUT + ".b"))
				: new TwinDense(EncoderDecoderArchitecture.OUTPUT, tensors);
		this.encoders = new Pool<>(EncoderWork::new);
		this.decoders = new Pool<>(DecoderWork::new);
	}

	@Override
	public boolean attends() {
		return this.attention != null;
	}

	@Override
	public State encode(Sequences.Tokens sources) {
		return this.encoders.with((work) -> encode(sources, work));
	}

	private State encode(Sequences.Tokens sources, EncoderWork work) {
		int batch = sources.batch();
		this.source.write(sources, work.worker.input(batch, sources.steps()));
		Steps outputs = work.worker.run(batch, sources.steps(), TwinInput.mask(sources),
				this.encoder.initialState(batch));
		return new State(batch, work.bridges.apply(work.worker.last(), batch),
				(work.memories != null) ? work.memories.remember(outputs, sources.lengths()) : List.of());
	}

	@Override
	public Step step(int[] previous, State state) {
		return this.decoders.with((work) -> step(previous, state, work));
	}

	private Step step(int[] previous, State state, DecoderWork work) {
		int batch = previous.length;
		int[] lengths = new int[batch];
		Arrays.fill(lengths, 1);
		this.target.write(new Sequences.Tokens(previous, lengths), work.worker.input(batch, 1));
		Steps h = work.worker.run(batch, 1, null, state);
		State after = new State(batch, work.worker.after().parts(), state.memories());
		if (work.attention == null) {
			return new Step(work.logProbabilities(h, batch), after, List.of());
		}
		TwinAttention.Answer answer = work.attention.answer(h, state.memories());
		return new Step(work.logProbabilities(answer.vectors(), batch), after, answer.weights());
	}

	/** Working memory of one call of the encoder. */
	private final class EncoderWork {

		private final TwinStack.Worker worker = TwinEncoderDecoder.this.encoder.worker();

		private final TwinStartingStates.Worker bridges = TwinEncoderDecoder.this.bridges.worker();

		private final TwinAttention.@Nullable Reader memories = (TwinEncoderDecoder.this.attention != null)
				? TwinEncoderDecoder.this.attention.reader() : null;

	}

	/** Working memory of one call of the decoder. */
	private final class DecoderWork {

		private final TwinStack.Worker worker = TwinEncoderDecoder.this.decoder.worker();

		private final TwinAttention.@Nullable Worker attention = (TwinEncoderDecoder.this.attention != null)
				? TwinEncoderDecoder.this.attention.worker() : null;

		private final TwinDense.Worker output = TwinEncoderDecoder.this.output.worker();

		private final Softmax softmax = new Softmax();

		float[] logProbabilities(Steps top, int batch) {
			float[] logits = this.output.apply(top, batch, 1);
			this.softmax.logProbabilities(logits, TwinEncoderDecoder.this.output.outputs(), batch);
			return logits;
		}

	}

}
