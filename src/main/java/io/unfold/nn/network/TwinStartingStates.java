package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;

import io.unfold.nn.cell.CellSpec;

/**
 * Dense layers with tanh that make each layer's starting state of one vector, for
 * serving: immutable parameters.
 */
final class TwinStartingStates {

	private final List<CellSpec> cells;

	private final List<TwinDense> layers = new ArrayList<>();

	/**
	 * @param prefix of the layers' names
	 */
	TwinStartingStates(String prefix, StackSpec decoder, Tensors tensors) {
		this.cells = decoder.layers();
		for (int i = 0; i < this.cells.size(); i++) {
			this.layers.add(new TwinDense(prefix + i, tensors));
		}
	}

	/** Working memory of one call. */
	Worker worker() {
		return new Worker();
	}

	/** Applies the layers, for one call at a time. */
	final class Worker {

		private final List<TwinDense.Worker> workers = TwinStartingStates.this.layers.stream()
			.map(TwinDense::worker)
			.toList();

		/**
		 * The parts of a {@link State}.
		 * @param vector [inputs][batch]
		 */
		List<float[]> apply(float[] vector, int batch) {
			List<float[]> parts = new ArrayList<>();
			for (int i = 0; i < this.workers.size(); i++) {
				CellSpec cell = TwinStartingStates.this.cells.get(i);
				float[] state = this.workers.get(i).apply(vector, batch);
				for (int s = 0; s < cell.states(); s++) {
					float[] part = new float[cell.units() * batch];
					for (int k = 0; k < part.length; k++) {
						part[k] = (float) Math.tanh(state[s * part.length + k]);
					}
					parts.add(part);
				}
			}
			return parts;
		}

	}

}
