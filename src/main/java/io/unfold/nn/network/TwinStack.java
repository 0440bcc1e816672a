package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;

import io.unfold.nn.cell.CellKernel;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Floats;
import io.unfold.nn.cell.Span;
import io.unfold.nn.cell.Steps;
import io.unfold.nn.cell.Weights;
import org.jspecify.annotations.Nullable;

/** Recurrent layers on top of each other, for serving: immutable parameters. */
final class TwinStack {

	private final StackSpec spec;

	private final int features;

	/** Of each layer and, within it, each direction. */
	private final List<Weights> weights = new ArrayList<>();

	/**
	 * @param prefix of the layers' names
	 * @param features of the input
	 */
	TwinStack(String prefix, StackSpec spec, int features, Tensors tensors) {
		this.spec = spec;
		this.features = features;
		for (int i = 0; i < spec.layers().size(); i++) {
			for (String direction : spec.bidirectional() ? List.of("", "back") : List.of("")) {
				String name = prefix + i + "." + direction;
				this.weights.add(Weights.constant(Floats.copyOf(tensors.get(name + "W").values()),
						Floats.copyOf(tensors.get(name + "R").values()),
						Floats.copyOf(tensors.get(name + "b").values())));
			}
		}
	}

	/** Size of the topmost layer's output. */
	int outputs() {
		return outputs(this.spec.layers().size() - 1);
	}

	private int outputs(int layer) {
		return this.spec.layers().get(layer).units() * directions();
	}

	private int directions() {
		return this.spec.bidirectional() ? 2 : 1;
	}

	/** Zeros; without parts where there are two directions. */
	State initialState(int batch) {
		List<float[]> parts = new ArrayList<>();
		for (CellSpec cell : this.spec.bidirectional() ? List.<CellSpec>of() : this.spec.layers()) {
			for (int s = 0; s < cell.states(); s++) {
				parts.add(new float[cell.units() * batch]);
			}
		}
		return new State(batch, parts);
	}

	/** Working memory of one call. */
	Worker worker() {
		return new Worker();
	}

	/** Runs sequences, one batch at a time. */
	final class Worker {

		private final List<CellKernel> kernels = new ArrayList<>();

		/** Views of their own: two threads must not share one. */
		private final List<Weights> views = new ArrayList<>();

		/** Outputs of each layer; [time][features][batch]. */
		private final List<Floats> outputs = new ArrayList<>();

		private Floats input = Floats.allocate(0);

		private Floats state = Floats.allocate(0);

		private float[] last = {};

		private State after = new State(0, List.of());

		Worker() {
			int size = TwinStack.this.features;
			for (int i = 0; i < TwinStack.this.spec.layers().size(); i++) {
				for (int d = 0; d < directions(); d++) {
					this.kernels.add(TwinStack.this.spec.layers().get(i).kernel(size));
					this.views.add(TwinStack.this.weights.get(i * directions() + d).view());
				}
				this.outputs.add(Floats.allocate(0));
				size = TwinStack.this.outputs(i);
			}
		}

		/** Room for the input, [time][features][batch]. */
		Floats input(int batch, int steps) {
			this.input = Floats.grown(this.input, (long) steps * TwinStack.this.features * batch);
			return this.input;
		}

		/**
		 * Runs over what has been put into the input.
		 * @param mask as {@link Span#mask()}
		 * @return the topmost layer's outputs, valid until the next run
		 */
		Steps run(int batch, int steps, float @Nullable [] mask, State initial) {
			if (initial.batch() != batch) {
				throw new IllegalArgumentException(
						"a state of " + initial.batch() + " rows for an input of " + batch + " rows");
			}
			List<float[]> parts = new ArrayList<>();
			Steps x = new Steps(this.input, 0, (long) TwinStack.this.features * batch);
			int part = 0;
			for (int i = 0; i < this.outputs.size(); i++) {
				CellSpec cell = TwinStack.this.spec.layers().get(i);
				int block = cell.units() * batch;
				long stride = (long) block * directions();
				Floats out = Floats.grown(this.outputs.get(i), stride * steps);
				this.outputs.set(i, out);
				this.last = new float[block * directions()];
				for (int d = 0; d < directions(); d++) {
					Floats start = null;
					if (!TwinStack.this.spec.bidirectional()) {
						start = start(initial, part, cell.states(), block);
						part += cell.states();
					}
					CellKernel kernel = this.kernels.get(i * directions() + d);
					kernel.forward(this.views.get(i * directions() + d), x, new Steps(out, (long) d * block, stride),
							new Span(batch, steps, mask, d > 0), start, false);
					float[] state = kernel.finalState();
					System.arraycopy(state, 0, this.last, d * block, block);
					for (int s = 0; !TwinStack.this.spec.bidirectional() && s < cell.states(); s++) {
						float[] vector = new float[block];
						System.arraycopy(state, s * block, vector, 0, block);
						parts.add(vector);
					}
				}
				x = new Steps(out, 0, stride);
			}
			this.after = new State(batch, parts);
			return x;
		}

		/** The state after the last run. */
		State after() {
			return this.after;
		}

		/**
		 * h of the topmost layer after each direction's last step; [features][batch].
		 */
		float[] last() {
			return this.last;
		}

		private Floats start(State initial, int part, int states, int block) {
			this.state = Floats.grown(this.state, (long) states * block);
			for (int s = 0; s < states; s++) {
				float[] vector = initial.parts().get(part + s);
				if (vector.length != block) {
					throw new IllegalArgumentException("a state of another network");
				}
				this.state.put((long) s * block, vector, 0, block);
			}
			return this.state;
		}

	}

}
