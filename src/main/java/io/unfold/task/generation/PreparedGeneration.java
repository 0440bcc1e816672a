package io.unfold.task.generation;

import java.util.LinkedHashMap;
import java.util.Map;

import io.unfold.data.Tokenizer;
import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.NetworkSpec;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.StackSpec;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.task.Evaluation;
import io.unfold.task.Examples;
import io.unfold.task.PreparedTask;
import org.jspecify.annotations.Nullable;

/** A corpus, and the network that is to learn its language. */
record PreparedGeneration(StackSpec stack, Corpus corpus) implements PreparedTask<SequenceNetwork> {

	private static final TruncatedBptt WINDOWS = new TruncatedBptt(100, 100);

	/** Tokens that an evaluation is made on at most. */
	private static final int MOST_EVALUATED = 1 << 20;

	/** Tokens that the naive model counts at most: the last ones of the training part. */
	private static final int MOST_COUNTED = 1 << 20;

	@Override
	public NetworkSpec network() {
		return this.stack;
	}

	@Override
	public Architecture<SequenceNetwork> architecture() {
		return fitted().architecture(this.stack);
	}

	@Override
	public Fitted fitted() {
		return new Fitted(this.corpus.tokenizer(), this.corpus.vocabulary(), this.corpus.start(),
				this.corpus.readsUnknown());
	}

	/** Reservoirs are trained in closed form, on whole lanes. */
	@Override
	public @Nullable TruncatedBptt truncatedBptt() {
		return (this.stack.readout() == null) ? WINDOWS : null;
	}

	@Override
	public Examples training() {
		return Lanes.of(this.corpus.training());
	}

	@Override
	public Examples validation() {
		return Lanes.of(this.corpus.validation());
	}

	@Override
	public Evaluation evaluate(SequenceNetwork network) {
		Passage heldOut = this.corpus.evaluation().first(MOST_EVALUATED);
		int order = (Tokenizer.CHARACTERS.equals(this.corpus.tokenizer())) ? 5 : 3;
		NGramModel naive = new NGramModel(this.corpus.training().last(MOST_COUNTED), order,
				this.corpus.vocabulary().size());
		double nats = new CrossEntropy(network, this.corpus.vocabulary().size()).nats(heldOut);
		double naiveNats = naive.nats(heldOut);
		return Evaluation.of(this.corpus.evaluationName(), heldOut.length(), metrics(nats, heldOut),
				new Evaluation.Baseline(order + "-grams, interpolated", metrics(naiveNats, heldOut)), nats, naiveNats);
	}

	/**
	 * @param nats of all tokens of the passage together
	 */
	private Map<String, Double> metrics(double nats, Passage heldOut) {
		long characters = 0;
		long unknown = 0;
		for (int i = heldOut.from(); i < heldOut.to(); i++) {
			int id = heldOut.ids().get(i);
			if (id == this.corpus.vocabulary().unknown()) {
				unknown++;
			}
			else if (id != this.corpus.vocabulary().endOrNone()) {
				String token = this.corpus.vocabulary().token(id);
				characters += token.codePointCount(0, token.length());
			}
		}
		Map<String, Double> metrics = new LinkedHashMap<>();
		double crossEntropy = nats / heldOut.length();
		metrics.put("crossEntropy", crossEntropy);
		if (Double.isFinite(Math.exp(crossEntropy))) {
			metrics.put("perplexity", Math.exp(crossEntropy));
		}
		if (characters > 0) {
			metrics.put("bitsPerCharacter", nats / Math.log(2) / characters);
		}
		if (unknown > 0) {
			metrics.put("unknownTokens", (double) unknown / heldOut.length());
		}
		return metrics;
	}

}
