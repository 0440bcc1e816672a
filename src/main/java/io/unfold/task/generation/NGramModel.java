package io.unfold.task.generation;

/**
 * The naive language model: it counts what followed the last n - 1 tokens, and blends
 * that with what followed fewer of them (Witten and Bell 1991, doi:10.1109/18.87000, as
 * Chen and Goodman 1999 write it), down to the even chance of every token:
 *
 * <pre>
 * p(w | h) = (c(h w) + T(h) p(w | h')) / (c(h) + T(h))
 * </pre>
 *
 * with c how often, T(h) how many different tokens followed h, and h' the context h
 * without its first token.
 */
final class NGramModel {

	private static final int ROOT = 0;

	private final int order;

	private final int vocabulary;

	/** Contexts: from (a context, the token before it) to the longer one. */
	private final LongMap longer = new LongMap();

	/** c(h w), by (h, w). */
	private final LongMap followed = new LongMap();

	/** c(h). */
	private final LongMap total = new LongMap();

	/** T(h). */
	private final LongMap kinds = new LongMap();

	private int contexts = 1;

	/**
	 * @param order n, at least 1
	 */
	NGramModel(Passage training, int order, int vocabulary) {
		this.order = order;
		this.vocabulary = vocabulary;
		for (int i = training.from(); i < training.to(); i++) {
			int context = ROOT;
			for (int k = 0; k < order && context >= 0; k++) {
				if (this.followed.add(key(context, training.ids().get(i)), 1) == 1) {
					this.kinds.add(context, 1);
				}
				this.total.add(context, 1);
				int before = i - 1 - k;
				context = (k + 1 < order && before >= 0) ? extended(context, training.ids().get(before)) : -1;
			}
		}
	}

	private int extended(int context, int before) {
		long key = key(context, before);
		int known = this.longer.get(key);
		return (known > 0) ? known : this.longer.add(key, this.contexts++);
	}

	/** Nats of all of a passage's tokens together. */
	double nats(Passage passage) {
		double nats = 0;
		for (int i = passage.from(); i < passage.to(); i++) {
			nats -= Math.log(probability(passage.ids(), i));
		}
		return nats;
	}

	/** The probability of a token after those before it. */
	double probability(TokenIds ids, int index) {
		double p = 1.0 / this.vocabulary;
		int context = ROOT;
		for (int k = 0; k < this.order && (k == 0 || context > 0); k++) {
			int kinds = this.kinds.get(context);
			p = (this.followed.get(key(context, ids.get(index))) + kinds * p) / (this.total.get(context) + kinds);
			int before = index - 1 - k;
			context = (before >= 0) ? this.longer.get(key(context, ids.get(before))) : 0;
		}
		return p;
	}

	private long key(int context, int token) {
		return (long) context * this.vocabulary + token;
	}

}
