package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Softmax;
import io.unfold.nn.cell.Steps;

/**
 * The serving twin of a decoder that writes about a feature vector. Where the vector is
 * read at every step, it is the last part of the state.
 */
@SuppressWarnings("ReferenceEquality") // whether a vector is the one that was given
final class TwinConditionedDecoder implements ConditionedDecoderNetwork {

	private final ConditionedDecoderArchitecture architecture;

	private final List<TwinDense> featureLayers = new ArrayList<>();

	private final TwinStartingStates bridges;

	private final TwinInput embedding;

	private final TwinStack decoder;

	private final TwinDense output;

	private final Pool<StartWork> starts = new Pool<>(StartWork::new);

	private final Pool<StepWork> steps = new Pool<>(StepWork::new);

	TwinConditionedDecoder(ConditionedDecoderArchitecture architecture, Tensors tensors) {
		this.architecture = architecture;
		ConditionedDecoderSpec spec = architecture.spec();
		for (int i = 0; i < spec.featureLayers().size(); i++) {
			this.featureLayers.add(new TwinDense(ConditionedDecoderArchitecture.FEATURE + i, tensors));
		}
		this.bridges = new TwinStartingStates(ConditionedDecoderArchitecture.BRIDGE, spec.decoder(), tensors);
		this.embedding = TwinInput.of(new StepInput.Tokens(architecture.vocabulary()),
				ConditionedDecoderArchitecture.EMBEDDING, tensors);
		this.decoder = new TwinStack(ConditionedDecoderArchitecture.DECODER, spec.decoder(), architecture.inputs(),
				tensors);
		this.output = new TwinDense(ConditionedDecoderArchitecture.OUTPUT, tensors);
	}

	@Override
	public boolean attends() {
		return false;
	}

	@Override
	public State start(float[] features, int batch) {
		if (features.length != this.architecture.features() * batch) {
			throw new IllegalArgumentException("feature vectors of " + features.length + " numbers for " + batch
					+ " rows of " + this.architecture.features());
		}
		return this.starts.with((work) -> work.start(features, batch));
	}

	@Override
	public Step step(int[] previous, State state) {
		return this.steps.with((work) -> work.step(previous, state));
	}

	/** Working memory of one call that begins. */
	private final class StartWork {

		private final List<TwinDense.Worker> layers = TwinConditionedDecoder.this.featureLayers.stream()
			.map(TwinDense::worker)
			.toList();

		private final TwinStartingStates.Worker bridges = TwinConditionedDecoder.this.bridges.worker();

		State start(float[] features, int batch) {
			float[] vector = features;
			for (int i = 0; i < this.layers.size(); i++) {
				vector = this.layers.get(i).apply(vector, batch);
				TwinConditionedDecoder.this.architecture.spec().featureLayers().get(i).activation().apply(vector);
			}
			List<float[]> parts = new ArrayList<>(this.bridges.apply(vector, batch));
			if (TwinConditionedDecoder.this.architecture.everyStep()) {
				parts.add((vector == features) ? features.clone() : vector);
			}
			return new State(batch, parts);
		}

	}

	/** Working memory of one call that goes on. */
	private final class StepWork {

		private final TwinStack.Worker worker = TwinConditionedDecoder.this.decoder.worker();

		private final TwinDense.Worker output = TwinConditionedDecoder.this.output.worker();

		private final Softmax softmax = new Softmax();

		Step step(int[] previous, State state) {
			int batch = previous.length;
			int[] lengths = new int[batch];
			Arrays.fill(lengths, 1);
			Floats input = this.worker.input(batch, 1);
			TwinConditionedDecoder.this.embedding.write(new Sequences.Tokens(previous, lengths), input);
			List<float[]> injected = List.of();
			if (TwinConditionedDecoder.this.architecture.everyStep()) {
				int last = state.parts().size() - 1;
				injected = state.parts().subList(last, last + 1);
				float[] vector = injected.get(0);
				input.put((long) TwinConditionedDecoder.this.architecture.spec().vectors() * batch, vector, 0,
						vector.length);
			}
			Steps h = this.worker.run(batch, 1, null, state);
			List<float[]> after = new ArrayList<>(this.worker.after().parts());
			after.addAll(injected);
			float[] logits = this.output.apply(h, batch, 1);
			this.softmax.logProbabilities(logits, TwinConditionedDecoder.this.output.outputs(), batch);
			return new Step(logits, new State(batch, after), List.of());
		}

	}

}
