package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Dense;
import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Steps;

/** The serving twin of an encoder-decoder. */
final class TwinEncoderDecoder implements EncoderDecoderNetwork {

	private final EncoderDecoderArchitecture architecture;

	private final TwinInput source;

	private final TwinInput target;

	private final TwinStack encoder;

	private final TwinStack decoder;

	/** From the encoder's final states to each decoder layer's starting state. */
	private final List<Dense> bridges = new ArrayList<>();

	private final Dense output;

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
			this.bridges.add(dense(EncoderDecoderArchitecture.BRIDGE + i, tensors));
		}
		this.output = dense(EncoderDecoderArchitecture.OUTPUT, tensors);
		this.encoders = new Pool<>(() -> new Work(this.encoder.worker()));
		this.decoders = new Pool<>(() -> new Work(this.decoder.worker()));
	}

	private static Dense dense(String name, Tensors tensors) {
		return new Dense(tensors.get(name + ".W").values(), tensors.get(name + ".b").values());
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
		work.x = TwinStack.grown(work.x, last.length);
		work.x.put(0, last, 0, last.length);
		List<float[]> parts = new ArrayList<>();
		for (int i = 0; i < this.bridges.size(); i++) {
			CellSpec cell = this.architecture.spec().decoder().layers().get(i);
			float[] state = work.apply(this.bridges.get(i), new Steps(work.x, 0, 0), batch);
			for (int s = 0; s < cell.shape().states(); s++) {
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
		float[] logits = work.apply(this.output, h, batch);
		Softmax.logProbabilities(logits, this.output.outputs(), batch);
		return new Step(logits, work.worker.after());
	}

	/** Working memory of one call. */
	private static final class Work {

		private final TwinStack.Worker worker;

		private Floats x = Floats.allocate(0);

		private Floats y = Floats.allocate(0);

		Work(TwinStack.Worker worker) {
			this.worker = worker;
		}

		float[] apply(Dense dense, Steps x, int batch) {
			float[] target = new float[dense.outputs() * batch];
			this.y = TwinStack.grown(this.y, target.length);
			dense.apply(x, batch, 1, this.y, target);
			return target;
		}

	}

}
