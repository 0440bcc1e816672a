package io.unfold.nn.network;

import java.util.List;

/**
 * The state of a network between two steps, as a value: nobody else holds or changes it.
 *
 * @param batch number of rows
 * @param parts each layer's state (h; for LSTM h then c), [units][batch], batch fastest
 */
public record State(int batch, List<float[]> parts) {

	/**
	 * The state of the given rows, in the given order; a row may be taken more than once.
	 */
	public State select(int... rows) {
		return new State(rows.length, this.parts.stream().map((part) -> select(part, rows)).toList());
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
