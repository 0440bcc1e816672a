package io.unfold.nn.decoding;

import java.util.Arrays;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Chance choices of a next token. Each token's probability p becomes p^(1/temperature),
 * scaled to sum to 1; of the likeliest {@code topK} tokens, the smallest number of the
 * likeliest whose probabilities (scaled again) sum to at least {@code topP} are left to
 * be drawn from (nucleus sampling: Holtzman et al. 2020, arXiv:1904.09751). Among equally
 * likely tokens the first come first.
 *
 * @param temperature 1 draws as the network answers, less prefers what is likely, 0 is
 * the likeliest token
 * @param topK null: all
 * @param topP null: 1
 */
public record Sampling(double temperature, @Nullable Integer topK, @Nullable Double topP) {

	public Sampling {
		InvalidFieldException.requireBetween("temperature", temperature, 0.0, 100.0);
		if (topK != null) {
			InvalidFieldException.requireBetween("topK", topK, 1, Integer.MAX_VALUE);
		}
		if (topP != null && !(topP > 0 && topP <= 1)) {
			throw new InvalidFieldException("topP", "must be above 0 and at most 1, but is " + topP);
		}
	}

	/**
	 * Draws a token.
	 * @param probabilities of the tokens
	 * @param never tokens that are not to be drawn
	 */
	public int draw(float[] probabilities, Set<Integer> never, RandomGenerator random) {
		int likeliest = likeliest(probabilities, never);
		if (this.temperature == 0) {
			return likeliest;
		}
		double[] weights = weights(probabilities, never, Math.log(probabilities[likeliest]));
		Kept kept = kept(weights);
		double at = random.nextDouble() * kept.total();
		int equal = kept.equal();
		int last = likeliest;
		for (int token = 0; token < weights.length; token++) {
			if (weights[token] > kept.least() || (weights[token] == kept.least() && equal-- > 0)) {
				last = token;
				at -= weights[token];
				if (at < 0) {
					return token;
				}
			}
		}
		// what rounding has left
		return last;
	}

	private static int likeliest(float[] probabilities, Set<Integer> never) {
		int best = -1;
		for (int token = 0; token < probabilities.length; token++) {
			if (!never.contains(token) && (best < 0 || probabilities[token] > probabilities[best])) {
				best = token;
			}
		}
		if (best < 0 || !(probabilities[best] > 0)) {
			throw new IllegalArgumentException("no token can be drawn");
		}
		return best;
	}

	/** p^(1/temperature), the highest being 1. */
	private double[] weights(float[] probabilities, Set<Integer> never, double highest) {
		double[] weights = new double[probabilities.length];
		for (int token = 0; token < weights.length; token++) {
			weights[token] = never.contains(token) ? 0
					: Math.exp((Math.log(probabilities[token]) - highest) / this.temperature);
		}
		return weights;
	}

	private Kept kept(double[] weights) {
		if (this.topK == null && this.topP == null) {
			return new Kept(0, 0, Arrays.stream(weights).sum());
		}
		double[] sorted = weights.clone();
		Arrays.sort(sorted);
		int most = (this.topK != null) ? Math.min(this.topK, sorted.length) : sorted.length;
		double all = 0;
		for (int i = 1; i <= most; i++) {
			all += sorted[sorted.length - i];
		}
		double wanted = (this.topP != null) ? this.topP * all : all;
		double total = 0;
		int count = 0;
		while (count < most && (count == 0 || total < wanted)) {
			total += sorted[sorted.length - ++count];
		}
		double least = sorted[sorted.length - count];
		int equal = 0;
		for (int i = 1; i <= count; i++) {
			equal += (sorted[sorted.length - i] == least) ? 1 : 0;
		}
		return new Kept(least, equal, total);
	}

	/**
	 * The tokens that can be drawn.
	 *
	 * @param least the lowest weight among them; all higher ones are drawn from
	 * @param equal how many there are with just that weight
	 * @param total sum of their weights
	 */
	private record Kept(double least, int equal, double total) {
	}

}
