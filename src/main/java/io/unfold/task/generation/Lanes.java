package io.unfold.task.generation;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

import io.unfold.nn.network.Architecture;
import io.unfold.nn.network.Batch;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.nn.network.Window;
import io.unfold.task.Examples;

/**
 * A passage as one stream, cut into lanes that are run side by side as the rows of one
 * mini-batch: each goes through its part of the passage from the beginning to the end,
 * its state carried from window to window. At each step a lane reads a token and is
 * judged by the next. Windows are cut out of the corpus as they are asked for.
 *
 * @param count of lanes
 */
record Lanes(Passage passage, int count) implements Examples {

	/** A lane is worth having from so many steps on. */
	private static final int SHORTEST = 64;

	static Lanes of(Passage passage) {
		return new Lanes(passage, (passage.length() > 0) ? 1 : 0);
	}

	@Override
	public Lanes forBatches(int rows) {
		int most = Math.max(1, this.passage.length() / SHORTEST);
		return new Lanes(this.passage, (this.passage.length() > 0) ? Math.min(rows, most) : 0);
	}

	@Override
	public int size() {
		return this.count;
	}

	@Override
	public int steps(int example) {
		return this.passage.part(example, this.count).length();
	}

	@Override
	public int decoderSteps(int example) {
		return 0;
	}

	@Override
	public int targets(int example) {
		return steps(example);
	}

	@Override
	public int counted(int example) {
		return steps(example);
	}

	@Override
	public Batch batch(int... examples) {
		return slice(examples, 0, Integer.MAX_VALUE);
	}

	@Override
	public boolean cutFromData() {
		return true;
	}

	@Override
	public List<Window> windows(Architecture<?> architecture, TruncatedBptt bptt, int... examples) {
		int steps = Arrays.stream(examples).map(this::steps).max().orElse(0);
		return new AbstractList<>() {
			@Override
			public int size() {
				return (steps + bptt.forward() - 1) / bptt.forward();
			}

			@Override
			public Window get(int index) {
				Batch batch = slice(examples, index * bptt.forward(), bptt.forward());
				return new Window(batch, Arrays.stream(batch.inputs().lengths()).sum(), bptt.backward());
			}
		};
	}

	/** Steps of lanes, from one on; a lane that has ended has none. */
	private Batch slice(int[] lanes, int from, int most) {
		int[] starts = new int[lanes.length];
		int[] lengths = new int[lanes.length];
		for (int row = 0; row < lanes.length; row++) {
			Passage lane = this.passage.part(lanes[row], this.count);
			starts[row] = lane.from() + from;
			lengths[row] = Math.max(0, Math.min(most, lane.length() - from));
		}
		int steps = Arrays.stream(lengths).max().orElse(0);
		int[] inputs = new int[steps * lanes.length];
		int[] targets = new int[steps * lanes.length];
		TokenIds ids = this.passage.ids();
		for (int row = 0; row < lanes.length; row++) {
			for (int t = 0; t < lengths[row]; t++) {
				inputs[t * lanes.length + row] = ids.get(starts[row] + t - 1);
				targets[t * lanes.length + row] = ids.get(starts[row] + t);
			}
		}
		return new Batch(new Sequences.Tokens(inputs, lengths), null, new Targets.Classes(targets));
	}

}
