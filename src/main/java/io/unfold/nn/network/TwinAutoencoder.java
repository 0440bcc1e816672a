package io.unfold.nn.network;

import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Softmax;
import io.unfold.nn.cell.Steps;

/** The serving twin of an autoencoder. */
final class TwinAutoencoder implements AutoencoderNetwork {

	private final Output answer;

	private final int codeSize;

	private final TwinInput input;

	private final TwinStack encoder;

	private final TwinDense code;

	private final TwinStartingStates bridges;

	private final TwinStack decoder;

	private final TwinDense output;

	private final Pool<EncoderWork> encoders = new Pool<>(EncoderWork::new);

	private final Pool<DecoderWork> decoders = new Pool<>(DecoderWork::new);

	TwinAutoencoder(AutoencoderArchitecture architecture, Tensors tensors) {
		EncoderDecoderSpec spec = architecture.spec();
		this.answer = architecture.output();
		this.codeSize = architecture.code();
		this.input = TwinInput.of(architecture.input(), AutoencoderArchitecture.EMBEDDING, tensors);
		this.encoder = new TwinStack(AutoencoderArchitecture.ENCODER, spec.encoder(), architecture.features(), tensors);
		this.code = new TwinDense(AutoencoderArchitecture.CODE, tensors);
		this.bridges = new TwinStartingStates(AutoencoderArchitecture.BRIDGE, spec.decoder(), tensors);
		this.decoder = new TwinStack(AutoencoderArchitecture.DECODER, spec.decoder(), this.codeSize, tensors);
		this.output = new TwinDense(AutoencoderArchitecture.OUTPUT, tensors);
	}

	@Override
	public float[] encode(Sequences sequences) {
		return this.encoders.with((work) -> work.encode(sequences));
	}

	@Override
	public void decode(float[] codes, int[] lengths, Reader reader) {
		if (codes.length != this.codeSize * lengths.length) {
			throw new IllegalArgumentException("codes of " + codes.length + " numbers for " + lengths.length
					+ " sequences, whose codes have " + this.codeSize);
		}
		this.decoders.with((work) -> work.decode(codes, lengths, reader));
	}

	/** Working memory of one call of the encoder. */
	private final class EncoderWork {

		private final TwinStack.Worker worker = TwinAutoencoder.this.encoder.worker();

		private final TwinDense.Worker code = TwinAutoencoder.this.code.worker();

		float[] encode(Sequences sequences) {
			int batch = sequences.batch();
			TwinAutoencoder.this.input.write(sequences, this.worker.input(batch, sequences.steps()));
			this.worker.run(batch, sequences.steps(), TwinInput.mask(sequences),
					TwinAutoencoder.this.encoder.initialState(batch));
			float[] codes = this.code.apply(this.worker.last(), batch);
			for (int i = 0; i < codes.length; i++) {
				codes[i] = (float) Math.tanh(codes[i]);
			}
			return codes;
		}

	}

	/** Working memory of one call of the decoder. */
	private final class DecoderWork {

		private final TwinStartingStates.Worker bridges = TwinAutoencoder.this.bridges.worker();

		private final TwinStack.Worker worker = TwinAutoencoder.this.decoder.worker();

		private final TwinDense.Worker output = TwinAutoencoder.this.output.worker();

		private final Softmax softmax = new Softmax();

		boolean decode(float[] codes, int[] lengths, Reader reader) {
			int batch = lengths.length;
			int steps = 0;
			for (int length : lengths) {
				steps = Math.max(steps, length);
			}
			Floats x = this.worker.input(batch, steps);
			for (int t = 0; t < steps; t++) {
				x.put((long) t * codes.length, codes, 0, codes.length);
			}
			// what a row answers after its first step is never looked at
			Steps h = this.worker.run(batch, steps, null, new State(batch, this.bridges.apply(codes, batch)));
			for (int t = 0; t < steps; t++) {
				float[] answers = this.output.apply(new Steps(h.memory(), h.at(t), h.stride()), batch, 1);
				if (TwinAutoencoder.this.answer.kind() == Output.Kind.CLASSES) {
					this.softmax.logProbabilities(answers, TwinAutoencoder.this.answer.size(), batch);
				}
				reader.step(t, answers);
			}
			return true;
		}

	}

}
