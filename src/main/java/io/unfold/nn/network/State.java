package io.unfold.nn.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The state of a network between two steps, as a value: nobody else holds or changes it.
 *
 * @param batch number of rows
 * @param parts each layer's state (h; for LSTM h then c), [units][batch], batch fastest;
 * after them what a decoder reads at every step, if there is such a thing
 * @param memories what each row's decoder attends to, which its steps do not change;
 * [batch], or empty where there is no attention
 */
public record State(int batch, List<float[]> parts, List<Memory> memories) {

	/** A state without memories. */
	public State(int batch, List<float[]> parts) {
		this(batch, parts, List.of());
	}

	/**
	 * The state of the given rows, in the given order; a row may be taken more than once.
	 */
	public State select(int... rows) {
		return new State(rows.length, this.parts.stream().map((part) -> select(part, rows)).toList(),
				this.memories.isEmpty() ? List.of() : IntStream.of(rows).mapToObj(this.memories::get).toList());
	}

	/** The rows from one number up to another. */
	State rows(int from, int to) {
		return select(IntStream.range(from, to).toArray());
	}

	/** The rows of several states of one network, one after the other. */
	static State together(List<State> states) {
		int batch = states.stream().mapToInt(State::batch).sum();
		List<float[]> parts = new ArrayList<>();
		for (int i = 0; i < states.get(0).parts().size(); i++) {
			int units = states.get(0).parts().get(i).length / states.get(0).batch();
			float[] part = new float[units * batch];
			int from = 0;
			for (State state : states) {
				for (int u = 0; u < units; u++) {
					System.arraycopy(state.parts().get(i), u * state.batch(), part, u * batch + from, state.batch());
				}
				from += state.batch();
			}
			parts.add(part);
		}
		return new State(batch, parts, states.stream().flatMap((state) -> state.memories().stream()).toList());
	}

	private float[] select(float[] part, int[] rows) {
		int units = part.length / this.batch;
		float[] selected = new float[units * rows.length];
		for (int u = 0; u < units; u++) {
			for (int i = 0; i < rows.length; i++) {
				selected[u * rows.length + i] = part[u * this.batch + rows[i]];
			}
		}
		return selected;
	}

}
