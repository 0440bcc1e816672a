package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Softmax;
import io.unfold.nn.cell.Steps;

/** The serving twin of an encoder-decoder. */
final class TwinEncoderDecoder implements EncoderDecoderNetwork {

	private final EncoderDecoderArchitecture architecture;

	private final TwinInput source;

	private final TwinInput target;

	private final TwinStack encoder;

	private final TwinStack decoder;

	/** From the encoder's final states to each decoder layer's starting state. */
	private final List<TwinDense> bridges = new ArrayList<>();

	private final TwinDense output;

	private final Pool<Work> encoders;

	private final Pool<Work> decoders;

	TwinEncoderDecoder(EncoderDecoderArchitecture architecture, Tensors tensors) {
		this.architecture = architecture;
		EncoderDecoderSpec spec = architecture.spec();
		this.source = TwinInput.of(new StepInput.Tokens(architecture.sourceVocabulary()),
				EncoderDecoderArchitecture.SOURCE, tensors);
		this.target = TwinInput.of(new StepInput.Tokens(architecture.targetVocabulary()),
				EncoderDecoderArchitecture.TARGET, tensors);
		this.encoder = new TwinStack(EncoderDecoderArchitecture.ENCODER, spec.encoder(), spec.embedding(), tensors);
		this.decoder = new TwinStack(EncoderDecoderArchitecture.DECODER, spec.decoder(), spec.embedding(), tensors);
		for (int i = 0; i < spec.decoder().layers().size(); i++) {
			this.bridges.add(new TwinDense(EncoderDecoderArchitecture.BRIDGE + i, tensors));
		}
		this.output = new TwinDense(EncoderDecoderArchitecture.OUTPUT, tensors);
		this.encoders = new Pool<>(() -> new Work(this.encoder, this.bridges));
		this.decoders = new Pool<>(() -> new Work(this.decoder, List.of(this.output)));
	}

	@Override
	public State encode(Sequences.Tokens sources) {
		return this.encoders.with((work) -> encode(sources, work));
	}

	private State encode(Sequences.Tokens sources, Work work) {
		int batch = sources.batch();
		this.source.write(sources, work.worker.input(batch, sources.steps()));
		work.worker.run(batch, sources.steps(), TwinInput.mask(sources), this.encoder.initialState(batch));
		float[] last = work.worker.last();
		List<float[]> parts = new ArrayList<>();
		for (int i = 0; i < this.bridges.size(); i++) {
			CellSpec cell = this.architecture.spec().decoder().layers().get(i);
			float[] state = work.dense.get(i).apply(last, batch);
			for (int s = 0; s < cell.states(); s++) {
				float[] vector = new float[cell.units() * batch];
				for (int k = 0; k < vector.length; k++) {
					vector[k] = (float) Math.tanh(state[s * vector.length + k]);
				}
				parts.add(vector);
			}
		}
		return new State(batch, parts);
	}

	@Override
	public Step step(int[] previous, State state) {
		return this.decoders.with((work) -> step(previous, state, work));
	}

	private Step step(int[] previous, State state, Work work) {
		int batch = previous.length;
		int[] lengths = new int[batch];
		Arrays.fill(lengths, 1);
		this.target.write(new Sequences.Tokens(previous, lengths), work.worker.input(batch, 1));
		Steps h = work.worker.run(batch, 1, null, state);
		float[] logits = work.dense.get(0).apply(h, batch, 1);
		work.softmax.logProbabilities(logits, this.output.outputs(), batch);
		return new Step(logits, work.worker.after());
	}

	/** Working memory of one call. */
	private static final class Work {

		private final TwinStack.Worker worker;

		private final List<TwinDense.Worker> dense;

		private final Softmax softmax = new Softmax();

		Work(TwinStack stack, List<TwinDense> dense) {
			this.worker = stack.worker();
			this.dense = dense.stream().map(TwinDense::worker).toList();
		}

	}

}
