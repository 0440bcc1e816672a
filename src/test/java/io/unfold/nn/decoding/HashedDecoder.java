package io.unfold.nn.decoding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

import io.unfold.nn.network.DecoderNetwork;
import io.unfold.nn.network.State;

/**
 * A decoder whose distribution depends on everything written so far: state is a hash of
 * the history, and the number of steps where it attends.
 */
final class HashedDecoder implements DecoderNetwork {

	static final int VOCABULARY = 5;

	static final int START = 3;

	static final int END = 4;

	private final int source;

	private final double endBias;

	/** One that does not attend. */
	HashedDecoder() {
		this(0, 0);
	}

	/**
	 * @param source steps that it attends to, one after another; 0 for none
	 * @param endBias added to the log-probability of the end
	 */
	HashedDecoder(int source, double endBias) {
		this.source = source;
		this.endBias = endBias;
	}

	@Override
	public boolean attends() {
		return this.source > 0;
	}

	@Override
	public Step step(int[] previous, State state) {
		float[] logProbabilities = new float[VOCABULARY * previous.length];
		float[] next = new float[previous.length];
		float[] times = (this.source > 0) ? state.parts().get(1).clone() : new float[previous.length];
		List<float[]> attention = new ArrayList<>();
		for (int row = 0; row < previous.length; row++) {
			next[row] = (state.parts().get(0)[row] * 7 + previous[row] + 1) % 1009;
			double[] p = distribution((int) next[row]);
			for (int token = 0; token < VOCABULARY; token++) {
				logProbabilities[token * previous.length
						+ row] = (float) (Math.log(p[token]) + ((token == END) ? this.endBias : 0));
			}
			if (this.source > 0) {
				float[] weights = new float[this.source];
				Arrays.fill(weights, 0.0001f);
				weights[(int) times[row]++ % this.source] = 0.9995f;
				attention.add(weights);
			}
		}
		return new Step(logProbabilities, new State(previous.length, List.of(next, times)), attention);
	}

	static double[] distribution(int history) {
		Random random = new Random(history);
		double[] p = new double[VOCABULARY];
		double sum = 0;
		for (int i = 0; i < VOCABULARY; i++) {
			p[i] = Math.exp(2 * random.nextGaussian());
			sum += p[i];
		}
		for (int i = 0; i < VOCABULARY; i++) {
			p[i] /= sum;
		}
		return p;
	}

}
