package io.unfold.nn.decoding;

import java.util.List;
import java.util.Random;

import io.unfold.nn.network.DecoderNetwork;
import io.unfold.nn.network.State;

/**
 * A decoder whose distribution depends on everything written so far: state is a hash of
 * the history.
 */
final class HashedDecoder implements DecoderNetwork {

	static final int VOCABULARY = 5;

	static final int START = 3;

	static final int END = 4;

	@Override
	public boolean attends() {
		return false;
	}

	@Override
	public Step step(int[] previous, State state) {
		float[] logProbabilities = new float[VOCABULARY * previous.length];
		float[] next = new float[previous.length];
		for (int row = 0; row < previous.length; row++) {
			next[row] = (state.parts().get(0)[row] * 7 + previous[row] + 1) % 1009;
			double[] p = distribution((int) next[row]);
			for (int token = 0; token < VOCABULARY; token++) {
				logProbabilities[token * previous.length + row] = (float) Math.log(p[token]);
			}
		}
		return new Step(logProbabilities, new State(previous.length, List.of(next)), List.of());
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
