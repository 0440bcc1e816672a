package io.unfold.nn.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

import io.unfold.nn.network.DecoderNetwork;
import io.unfold.nn.network.State;

/**
 * Takes the likeliest token at every step. A batch goes on with the rows that have not
 * ended.
 *
 * @param markers start and end
 */
public record GreedySearch(Markers markers) implements Search {

	@Override
	public List<List<Hypothesis>> search(DecoderNetwork network, State start, int maxLength) {
		int batch = start.batch();
		List<List<Integer>> written = new ArrayList<>();
		List<List<float[]>> attention = new ArrayList<>();
		double[] scores = new double[batch];
		boolean[] complete = new boolean[batch];
		for (int row = 0; row < batch; row++) {
			written.add(new ArrayList<>());
			attention.add(new ArrayList<>());
		}
		int[] rows = IntStream.range(0, batch).toArray();
		int[] previous = new int[batch];
		Arrays.fill(previous, this.markers.start());
		State state = start;
		for (int length = 0; length <= maxLength && rows.length > 0; length++) {
			DecoderNetwork.Step step = network.step(previous, state);
			int open = 0;
			int[] stay = new int[rows.length];
			int[] next = new int[rows.length];
			for (int i = 0; i < rows.length; i++) {
				int token = likeliest(step.logProbabilities(), i, rows.length);
				if (length == maxLength && token != this.markers.end()) {
					continue;
				}
				scores[rows[i]] += step.logProbabilities()[token * rows.length + i];
				if (token == this.markers.end()) {
					complete[rows[i]] = true;
				}
				else {
					written.get(rows[i]).add(token);
					if (!step.attention().isEmpty()) {
						attention.get(rows[i]).add(step.attention().get(i));
					}
					next[open] = token;
					stay[open++] = i;
				}
			}
			int[] kept = Arrays.copyOf(stay, open);
			state = step.state().select(kept);
			previous = Arrays.copyOf(next, open);
			int[] current = rows;
			rows = Arrays.stream(kept).map((i) -> current[i]).toArray();
		}
		return IntStream.range(0, batch)
			.mapToObj((row) -> List.of(hypothesis(written.get(row), scores[row], complete[row], attention.get(row))))
			.toList();
	}

	private static Hypothesis hypothesis(List<Integer> tokens, double total, boolean complete,
			List<float[]> attention) {
		return new Hypothesis(List.copyOf(tokens), total / Math.max(1, tokens.size() + (complete ? 1 : 0)), complete,
				List.copyOf(attention));
	}

	private int likeliest(float[] logProbabilities, int row, int batch) {
		int best = this.markers.end();
		for (int token = 0; token * batch < logProbabilities.length; token++) {
			if (logProbabilities[token * batch + row] > logProbabilities[best * batch + row]
					&& !this.markers.never().contains(token)) {
				best = token;
			}
		}
		return best;
	}

}
