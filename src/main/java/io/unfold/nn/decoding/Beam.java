package io.unfold.nn.decoding;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

import io.unfold.nn.network.DecoderNetwork;
import org.jspecify.annotations.Nullable;

/** The beginnings and the finished hypotheses of one row of a search. */
final class Beam {

	private static final Comparator<Beginning> BEST_FIRST = Comparator.comparingDouble(Beginning::rank).reversed();

	/** Attention that is certain, or none at all, may be wrong. */
	private static final double LEAST_ATTENTION = 1e-3;

	private final BeamSearch search;

	private final int maxLength;

	/** Best first. */
	private final List<Finished> finished = new ArrayList<>();

	private List<Beginning> open;

	Beam(BeamSearch search, int row, int maxLength) {
		this.search = search;
		Progress progress = Progress.of(search.constraints().of(row), search.constraints());
		this.maxLength = maxLength + ((progress != null) ? progress.missing() : 0);
		this.open = List.of(new Beginning(row, null, search.markers().start(), 0, 0, 0, null, progress));
	}

	List<Beginning> open() {
		return this.open;
	}

	List<Hypothesis> hypotheses() {
		return this.finished.stream().map(Finished::hypothesis).toList();
	}

	/**
	 * One token more.
	 * @param step of the rows of all beams
	 * @param from the first of this beam's rows
	 * @param top the likeliest tokens of all rows
	 */
	void advance(DecoderNetwork.Step step, int from, TopTokens top) {
		List<Beginning> chosen = (this.open.get(0).progress() != null) ? shared(continuations(step, from, top))
				: best(step, from, top);
		List<Beginning> next = new ArrayList<>();
		Set<Beginning> cut = new LinkedHashSet<>();
		for (Beginning one : chosen) {
			if (one.token() == this.search.markers().end()) {
				finish(one.ended(), one);
			}
			else if (one.length() <= this.maxLength) {
				next.add(one);
			}
			else if (one.before() != null) {
				cut.add(one.before());
			}
		}
		if (chosen.isEmpty()) {
			// probabilities that are no numbers
			cut.add(this.open.get(0));
		}
		cut.forEach((beginning) -> finish(beginning.cut(), beginning));
		this.open = isDone(next) ? List.of() : next;
	}

	private void finish(Hypothesis hypothesis, Beginning last) {
		Finished one = new Finished(hypothesis, normalized(last.rank(), last.length()));
		// one that is cut may have ended as well, and there may be two ways to write
		// phrases
		List<Integer> tokens = hypothesis.tokens();
		this.finished.removeIf((other) -> other.value() <= one.value() && other.hypothesis().tokens().equals(tokens));
		if (this.finished.stream().noneMatch((other) -> other.hypothesis().tokens().equals(tokens))) {
			this.finished.add(one);
			this.finished.sort(Comparator.comparingDouble(Finished::value).reversed());
		}
		if (this.finished.size() > this.search.width()) {
			this.finished.remove(this.search.width());
		}
	}

	private double normalized(double rank, int length) {
		return rank / Math.pow(Math.max(1, length), this.search.lengthPenalty());
	}

	/**
	 * Whether as many have ended as the beam is wide, and none that is open would be
	 * among them if it ended now for nothing.
	 */
	private boolean isDone(List<Beginning> next) {
		if (this.finished.size() < this.search.width()) {
			return next.isEmpty();
		}
		double worst = this.finished.get(this.search.width() - 1).value();
		return next.stream().allMatch((one) -> normalized(one.rank(), one.length() + 1) <= worst);
	}

	/** The likeliest ways to go on, as many as the beam is wide. */
	private List<Beginning> best(DecoderNetwork.Step step, int from, TopTokens top) {
		PriorityQueue<Beginning> best = new PriorityQueue<>(Comparator.comparingDouble(Beginning::rank));
		for (int i = 0; i < this.open.size(); i++) {
			Beginning beginning = this.open.get(i);
			for (int k = 0; k < top.k() && top.token(from + i, k) >= 0; k++) {
				float logProbability = top.logProbability(from + i, k);
				Beginning worst = best.peek();
				if (best.size() == this.search.width() && worst != null
						&& beginning.rank() + logProbability <= worst.rank()) {
					break;
				}
				best.add(beginning.then(from + i, top.token(from + i, k), logProbability, logProbability,
						attention(step, from + i), null));
				if (best.size() > this.search.width()) {
					best.poll();
				}
			}
		}
		List<Beginning> ordered = new ArrayList<>(best);
		ordered.sort(BEST_FIRST);
		return ordered;
	}

	private static float @Nullable [] attention(DecoderNetwork.Step step, int row) {
		return step.attention().isEmpty() ? null : step.attention().get(row);
	}

	/** All ways to go on where phrases must be written. */
	private List<Beginning> continuations(DecoderNetwork.Step step, int from, TopTokens top) {
		List<Beginning> all = new ArrayList<>();
		for (int i = 0; i < this.open.size(); i++) {
			Beginning beginning = this.open.get(i);
			Progress progress = beginning.progress();
			if (progress != null && progress.within()) {
				float logProbability = logProbability(step, progress.forced(), from + i, top);
				float[] attention = attention(step, from + i);
				all.add(beginning.then(from + i, progress.forced(), logProbability,
						(attention != null) ? 0 : logProbability, attention, progress.further(beginning.length() + 1)));
			}
			else if (progress != null) {
				goOn(beginning, progress, step, from + i, top, all);
			}
		}
		return all;
	}

	private static float logProbability(DecoderNetwork.Step step, int token, int row, TopTokens top) {
		return step.logProbabilities()[token * top.rows() + row];
	}

	/**
	 * With a token that the decoder likes, or with a phrase that is missing. Where the
	 * decoder attends, the weight a of what the phrase stands for is taken for the
	 * probability that the phrase comes now, and 1 - a for that of any other token.
	 */
	private void goOn(Beginning beginning, Progress before, DecoderNetwork.Step step, int row, TopTokens top,
			List<Beginning> all) {
		int end = this.search.markers().end();
		int[] sequence = beginning.sequence();
		float[] attention = attention(step, row);
		double elsewhere = (attention != null) ? Math.log(1 - attended(before, attention)) : 0;
		Progress settled = before.settled(sequence, end);
		boolean wouldEnd = top.token(row, 0) == end && !settled.complete();
		for (int k = 0; !wouldEnd && k < top.k() && top.token(row, k) >= 0; k++) {
			int token = top.token(row, k);
			Progress progress = before.settled(sequence, token);
			boolean allowed = (token == end) ? progress.complete()
					: beginning.length() + 1 + progress.missing() <= this.maxLength || progress.complete();
			if (allowed) {
				float logProbability = top.logProbability(row, k);
				all.add(beginning.then(row, token, logProbability, logProbability + ((token == end) ? 0 : elsewhere),
						attention, progress.with()));
			}
		}
		settled.open(attention != null).forEach((phrase) -> {
			Phrase one = settled.phrases().get(phrase);
			boolean separated = settled.separates(phrase, beginning.length() == 0 ? -1 : beginning.token());
			int token = separated ? settled.constraints().separator() : one.tokens()[0];
			float logProbability = logProbability(step, token, row, top);
			double rank = (attention == null) ? logProbability
					: Math.log(clamp(one.attention(attention))) + (separated ? logProbability : 0);
			all.add(beginning.then(row, token, logProbability, rank, attention,
					settled.begun(phrase, separated, beginning.length() + 1)));
		});
	}

	private static double attended(Progress progress, float[] attention) {
		return clamp(progress.phrases().stream().mapToDouble((phrase) -> phrase.attention(attention)).sum());
	}

	private static double clamp(double weight) {
		return Math.max(LEAST_ATTENTION, Math.min(1 - LEAST_ATTENTION, weight));
	}

	/**
	 * As many as the beam is wide, shared out evenly between those that have written
	 * equally much of the phrases (Post and Vilar 2018, arXiv:1804.06609), so that the
	 * phrases are not put off for being unlikely. The best one is always among them.
	 */
	private List<Beginning> shared(List<Beginning> all) {
		all.sort(BEST_FIRST);
		Map<Integer, Deque<Beginning>> banks = new LinkedHashMap<>();
		for (Beginning one : all) {
			banks.computeIfAbsent((one.progress() != null) ? one.progress().done() : 0, (key) -> new ArrayDeque<>())
				.add(one);
		}
		List<Beginning> chosen = new ArrayList<>();
		while (chosen.size() < this.search.width() && !banks.isEmpty()) {
			for (Deque<Beginning> bank : banks.values()) {
				Beginning one = bank.poll();
				if (one != null && chosen.size() < this.search.width() && chosen.stream().noneMatch(one::same)) {
					chosen.add(one);
				}
			}
			banks.values().removeIf(Deque::isEmpty);
		}
		chosen.sort(BEST_FIRST);
		return chosen;
	}

	/**
	 * @param value what hypotheses are compared by
	 */
	private record Finished(Hypothesis hypothesis, double value) {
	}

}
