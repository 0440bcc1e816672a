package io.unfold.nn.decoding;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import io.unfold.nn.network.DecoderNetwork;
import io.unfold.nn.network.State;

/**
 * Keeps the likeliest beginnings of each row, and lets each go on in every way (Graves
 * 2012, arXiv:1211.3711; Sutskever et al. 2014, arXiv:1409.3215). Beginnings of one
 * length are compared by their total log-probability, finished hypotheses by <pre>
 * total / length^lengthPenalty
 * </pre> (Wu et al. 2016, arXiv:1609.08144, section 7, in its simplest form), which is
 * the mean per token where the penalty is 1. A row ends when as many have finished as the
 * beam is wide and none of its beginnings would be among them if it ended there for
 * nothing, or at the length limit. A beam of one is greedy search.
 * <p>
 * A row with phrases writes them all: it cannot end without them, its limit is longer by
 * them, and the beam is shared out between beginnings that have written more and less of
 * them (Hokamp and Liu 2017, arXiv:1704.07138; Post and Vilar 2018, arXiv:1804.06609).
 *
 * @param markers start and end
 * @param width beginnings kept for each row
 * @param lengthPenalty 0 or more; the more, the longer the hypotheses
 * @param constraints the phrases of the rows
 */
public record BeamSearch(Markers markers, int width, double lengthPenalty, Constraints constraints) implements Search {

	public BeamSearch {
		if (width < 1) {
			throw new IllegalArgumentException("a beam is at least one wide");
		}
	}

	/** By the mean per token, and without phrases. */
	public BeamSearch(Markers markers, int width) {
		this(markers, width, 1, Constraints.NONE);
	}

	@Override
	public List<List<Hypothesis>> search(DecoderNetwork network, State start, int maxLength) {
		List<Beam> beams = new ArrayList<>();
		for (int row = 0; row < start.batch(); row++) {
			beams.add(new Beam(this, row, maxLength));
		}
		List<Beam> open = beams;
		State state = start;
		// one more, as the end is not always allowed where there are phrases
		int k = this.width + (this.constraints.rows().isEmpty() ? 0 : 1);
		while (!open.isEmpty()) {
			List<Beginning> rows = open.stream().flatMap((beam) -> beam.open().stream()).toList();
			DecoderNetwork.Step step = network.step(rows.stream().mapToInt(Beginning::token).toArray(),
					state.select(rows.stream().mapToInt(Beginning::parent).toArray()));
			BitSet closed = new BitSet();
			for (int row = 0; row < rows.size(); row++) {
				Progress progress = rows.get(row).progress();
				closed.set(row, progress != null && progress.closed());
			}
			TopTokens top = TopTokens.of(step.logProbabilities(), rows.size(), k, this.markers.never(), closed,
					this.constraints.runOn());
			int from = 0;
			for (Beam beam : open) {
				int size = beam.open().size();
				beam.advance(step, from, top);
				from += size;
			}
			open = open.stream().filter((beam) -> !beam.open().isEmpty()).toList();
			state = step.state();
		}
		return beams.stream().map(Beam::hypotheses).toList();
	}

}
