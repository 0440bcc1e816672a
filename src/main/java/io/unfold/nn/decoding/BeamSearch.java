package io.unfold.nn.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;

import io.unfold.nn.network.DecoderNetwork;
import io.unfold.nn.network.State;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the likeliest beginnings of each row, and lets each go on in every way (Graves
 * 2012, arXiv:1211.3711; Sutskever et al. 2014, arXiv:1409.3215). Beginnings of one
 * length are compared by their total log-probability, finished hypotheses by their mean
 * log-probability per token (Wu et al. 2016, arXiv:1609.08144, section 7, with alpha 1).
 * A row ends when it has as many finished hypotheses as the beam is wide, or at the
 * length limit. A beam of one is greedy search.
 *
 * @param markers start and end
 * @param width beginnings kept for each row
 */
public record BeamSearch(Markers markers, int width) implements Search {

	private static final Comparator<Hypothesis> BEST_FIRST = Comparator.comparingDouble(Hypothesis::score).reversed();

	public BeamSearch {
		if (width < 1) {
			throw new IllegalArgumentException("a beam is at least one wide");
		}
	}

	@Override
	public List<List<Hypothesis>> search(DecoderNetwork network, State start, int maxLength) {
		List<List<Hypothesis>> finished = new ArrayList<>();
		List<Beginning> beam = new ArrayList<>();
		for (int row = 0; row < start.batch(); row++) {
			finished.add(new ArrayList<>());
			beam.add(new Beginning(row, row, null, this.markers.start(), 0, 0.0, null));
		}
		State state = start;
		while (!beam.isEmpty()) {
			state = state.select(beam.stream().mapToInt(Beginning::stateRow).toArray());
			DecoderNetwork.Step step = network.step(beam.stream().mapToInt(Beginning::token).toArray(), state);
			state = step.state();
			beam = advance(beam, step, finished, maxLength);
		}
		finished.forEach((hypotheses) -> hypotheses.sort(BEST_FIRST));
		return finished;
	}

	/**
	 * One token more for every row's beam: the beginnings that go on, those of a row side
	 * by side.
	 */
	private List<Beginning> advance(List<Beginning> beam, DecoderNetwork.Step step, List<List<Hypothesis>> finished,
			int maxLength) {
		List<Beginning> next = new ArrayList<>();
		for (int from = 0; from < beam.size();) {
			int to = from;
			while (to < beam.size() && beam.get(to).row() == beam.get(from).row()) {
				to++;
			}
			List<Hypothesis> ended = finished.get(beam.get(from).row());
			List<Beginning> open = new ArrayList<>();
			Set<Beginning> cut = new LinkedHashSet<>();
			for (Beginning candidate : best(beam, from, to, step)) {
				if (candidate.token() == this.markers.end()) {
					ended.add(candidate.hypothesis(true));
				}
				else if (candidate.length() <= maxLength) {
					open.add(candidate);
				}
				else {
					cut.add(beam.get(candidate.stateRow()));
				}
			}
			cut.forEach((beginning) -> ended.add(beginning.hypothesis(false)));
			if (ended.size() < this.width) {
				next.addAll(open);
			}
			from = to;
		}
		return next;
	}

	/**
	 * The likeliest continuations of the beginnings from..to of one row, as many as the
	 * beam is wide.
	 */
	private List<Beginning> best(List<Beginning> beam, int from, int to, DecoderNetwork.Step step) {
		int rows = beam.size();
		float[] logProbabilities = step.logProbabilities();
		PriorityQueue<Beginning> best = new PriorityQueue<>(Comparator.comparingDouble(Beginning::total));
		for (int i = from; i < to; i++) {
			Beginning beginning = beam.get(i);
			float[] attention = step.attention().isEmpty() ? null : step.attention().get(i);
			for (int token = 0; token * rows < logProbabilities.length; token++) {
				double total = beginning.total() + logProbabilities[token * rows + i];
				Beginning worst = best.peek();
				boolean better = best.size() < this.width || (worst != null && total > worst.total());
				if (better && !this.markers.never().contains(token)) {
					best.add(new Beginning(beginning.row(), i, beginning, token, beginning.length() + 1, total,
							attention));
					if (best.size() > this.width) {
						best.poll();
					}
				}
			}
		}
		List<Beginning> ordered = new ArrayList<>(best);
		ordered.sort(Comparator.comparingDouble(Beginning::total).reversed());
		return ordered;
	}

	/**
	 * A sequence that has not ended.
	 *
	 * @param row of the starting state
	 * @param stateRow of the state after {@code before}
	 * @param before all but the last token; null for the start token
	 * @param token the last token
	 * @param length tokens after the start token
	 * @param total log-probability
	 * @param attention of the step that wrote the last token; null where there is none
	 */
	private record Beginning(int row, int stateRow, @Nullable Beginning before, int token, int length, double total,
			float @Nullable [] attention) {

		Hypothesis hypothesis(boolean complete) {
			Integer[] tokens = new Integer[complete ? this.length - 1 : this.length];
			Beginning last = (complete && this.before != null) ? this.before : this;
			List<float[]> looked = new ArrayList<>();
			for (int i = tokens.length - 1; i >= 0 && last.before != null; i--) {
				tokens[i] = last.token;
				if (last.attention != null) {
					looked.add(last.attention);
				}
				last = last.before;
			}
			Collections.reverse(looked);
			return new Hypothesis(Arrays.asList(tokens), this.total / Math.max(1, this.length), complete, looked);
		}

	}

}
