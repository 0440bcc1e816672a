package io.unfold.nn.network;

import io.unfold.problem.InvalidFieldException;

/**
 * Truncated backpropagation through time (Williams and Peng 1990,
 * doi:10.1162/neco.1990.2.4.490; with k1 and k2 as in Sutskever's thesis, Training
 * Recurrent Neural Networks, 2013): sequences are run in windows of k1 steps, in order;
 * after each window there is an update, for which gradients go back over the window's
 * last k2 steps. The state goes from window to window as a value, and is zero at the
 * beginning of a mini-batch.
 *
 * <p>
 * A network that answers at every step takes in window w, of which row b has the steps
 * from s_b to e_b, the gradient of the window's mean loss per target, L_w = 1 / N_w sum_b
 * sum_(t = s_b..e_b) loss(y_t, o(h_t)), where h_t of every layer is a constant for t <=
 * e_b - k2: the output layer learns from all of the window's steps, the recurrent layers
 * and what is below them from the last k2 that each row has in it. With k2 = k1 this is
 * the usual truncation, in which only the state between windows is cut.
 *
 * <p>
 * A network that answers once, after a row's last step e_b, has its loss there: all but
 * each row's last k2 steps only carry the state, in windows of k1 steps, and there is one
 * update, with h_t constant for t <= e_b - k2.
 *
 * @param forward steps between two updates (k1)
 * @param backward steps that gradients go back (k2), at most forward
 */
public record TruncatedBptt(int forward, int backward) {

	public TruncatedBptt {
		InvalidFieldException.requireBetween("forward", forward, 1, 1_000_000);
		InvalidFieldException.requireBetween("backward", backward, 1, forward);
	}

	/** How many of a sequence's steps gradients go back through, over all windows. */
	long stepsBack(int steps, boolean everyStep) {
		if (!everyStep) {
			return Math.min(steps, this.backward);
		}
		return (long) steps / this.forward * this.backward + Math.min(steps % this.forward, this.backward);
	}

}
