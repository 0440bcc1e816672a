package io.unfold.nn.network;

import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Softmax;
import io.unfold.nn.cell.Steps;
import org.jspecify.annotations.Nullable;

/** The serving twin of a stack of recurrent layers with an output. */
final class TwinSequenceNetwork implements SequenceNetwork {

	private final Output output;

	private final TwinInput input;

	private final TwinStack stack;

	private final TwinDense dense;

	private final Pool<Work> pool = new Pool<>(Work::new);

	TwinSequenceNetwork(SequenceArchitecture architecture, Tensors tensors) {
		this.output = architecture.output();
		this.input = TwinInput.of(architecture.input(), SequenceArchitecture.EMBEDDING, tensors);
		this.stack = new TwinStack(SequenceArchitecture.LAYER, architecture.stack(), architecture.features(), tensors);
		this.dense = new TwinDense(SequenceArchitecture.OUTPUT, tensors);
	}

	@Override
	public State initialState(int batch) {
		return this.stack.initialState(batch);
	}

	@Override
	public Result run(Sequences inputs, State state) {
		return this.pool.with((work) -> work.run(inputs, state));
	}

	/** Working memory of one call. */
	private final class Work {

		private final TwinStack.Worker worker = TwinSequenceNetwork.this.stack.worker();

		private final TwinDense.Worker dense = TwinSequenceNetwork.this.dense.worker();

		private final Softmax softmax = new Softmax();

		Result run(Sequences inputs, State state) {
			int batch = inputs.batch();
			int steps = inputs.steps();
			float @Nullable [] mask = TwinInput.mask(inputs);
			Floats x = this.worker.input(batch, steps);
			TwinSequenceNetwork.this.input.write(inputs, x);
			Steps h = this.worker.run(batch, steps, mask, state);
			int size = TwinSequenceNetwork.this.output.size();
			boolean everyStep = TwinSequenceNetwork.this.output.everyStep();
			float[] outputs = everyStep ? this.dense.apply(h, batch, steps)
					: this.dense.apply(this.worker.last(), batch);
			if (TwinSequenceNetwork.this.output.kind() == Output.Kind.CLASSES) {
				this.softmax.probabilities(outputs, everyStep ? steps : 1, size, batch);
			}
			if (everyStep && mask != null) {
				for (int i = 0; i < outputs.length; i++) {
					if (mask[i / (size * batch) * batch + i % batch] == 0) {
						outputs[i] = 0;
					}
				}
			}
			return new Result(outputs, this.worker.after());
		}

	}

}
