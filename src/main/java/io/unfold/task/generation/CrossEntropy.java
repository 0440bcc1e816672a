package io.unfold.task.generation;

import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.State;

/**
 * How much the tokens of a passage surprise a network that reads it with its state
 * carried on: the sum of -ln p(token | tokens before it), in nats. A long passage is read
 * in lanes, side by side, for speed; each lane begins so many tokens early that its state
 * is what it would be had it read all that comes before.
 */
final class CrossEntropy {

	/** Tokens that are read before the first that counts. */
	private static final int EARLY = 256;

	private static final int LANE = 2048;

	private static final int MOST_LANES = 64;

	/** Numbers that a network answers at once. */
	private static final int MOST_ANSWERS = 1 << 22;

	private static final int MOST_STEPS = 256;

	private final SequenceNetwork network;

	private final int vocabulary;

	CrossEntropy(SequenceNetwork network, int vocabulary) {
		this.network = network;
		this.vocabulary = vocabulary;
	}

	/** Nats of all of a passage's tokens together. */
	double nats(Passage passage) {
		return nats(passage, Math.max(1, Math.min(MOST_LANES, passage.length() / LANE)));
	}

	double nats(Passage passage, int lanes) {
		int most = Math.max(1, Math.min(MOST_STEPS, MOST_ANSWERS / (this.vocabulary * lanes)));
		int[] at = new int[lanes];
		int steps = 0;
		for (int lane = 0; lane < lanes; lane++) {
			at[lane] = Math.max(1, passage.part(lane, lanes).from() - EARLY);
			steps = Math.max(steps, passage.part(lane, lanes).to() - at[lane]);
		}
		State state = this.network.initialState(lanes);
		double nats = 0;
		for (int done = 0; done < steps; done += most) {
			Sequences.Tokens inputs = inputs(passage, at, most);
			SequenceNetwork.Result result = this.network.run(inputs, state);
			state = result.state();
			for (int lane = 0; lane < lanes; lane++) {
				for (int t = 0; t < inputs.lengths()[lane]; t++) {
					if (at[lane] + t >= passage.part(lane, lanes).from()) {
						int index = (t * this.vocabulary + passage.ids().get(at[lane] + t)) * lanes + lane;
						nats -= Math.log(Math.max(result.outputs()[index], Float.MIN_NORMAL));
					}
				}
				at[lane] += inputs.lengths()[lane];
			}
		}
		return nats;
	}

	/**
	 * What is read before the tokens that come next.
	 * @param at index of each lane's next token
	 */
	private static Sequences.Tokens inputs(Passage passage, int[] at, int most) {
		int lanes = at.length;
		int[] lengths = new int[lanes];
		int steps = 0;
		for (int lane = 0; lane < lanes; lane++) {
			lengths[lane] = Math.min(most, passage.part(lane, lanes).to() - at[lane]);
			steps = Math.max(steps, lengths[lane]);
		}
		int[] ids = new int[steps * lanes];
		for (int lane = 0; lane < lanes; lane++) {
			for (int t = 0; t < lengths[lane]; t++) {
				ids[t * lanes + lane] = passage.ids().get(at[lane] + t - 1);
			}
		}
		return new Sequences.Tokens(ids, lengths);
	}

}
