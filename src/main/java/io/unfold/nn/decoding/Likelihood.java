package io.unfold.nn.decoding;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.nn.network.DecoderNetwork;
import io.unfold.nn.network.State;

/**
 * How likely a decoder thinks true sequences, each token given the true ones before it.
 *
 * @param markers start and end
 */
public record Likelihood(Markers markers) {

	/**
	 * The log-probability (nats) of all sequences together, their end tokens counted.
	 * @param start the decoder's starting state; [batch] rows
	 * @param sequences of the rows, without start and end; [batch]
	 */
	public double logProbability(DecoderNetwork network, State start, List<int[]> sequences) {
		double total = 0;
		State state = start;
		int[] rows = IntStream.range(0, sequences.size()).toArray();
		int[] previous = new int[rows.length];
		Arrays.fill(previous, this.markers.start());
		for (int t = 0; rows.length > 0; t++) {
			DecoderNetwork.Step step = network.step(previous, state);
			int[] stay = new int[rows.length];
			int open = 0;
			for (int i = 0; i < rows.length; i++) {
				int[] sequence = sequences.get(rows[i]);
				int token = (t < sequence.length) ? sequence[t] : this.markers.end();
				total += step.logProbabilities()[token * rows.length + i];
				if (t < sequence.length) {
					previous[open] = token;
					stay[open++] = i;
				}
			}
			int[] current = rows;
			int[] kept = Arrays.copyOf(stay, open);
			state = step.state().select(kept);
			previous = Arrays.copyOf(previous, open);
			rows = IntStream.of(kept).map((i) -> current[i]).toArray();
		}
		return total;
	}

}
