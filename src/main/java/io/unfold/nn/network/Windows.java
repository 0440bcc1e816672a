package io.unfold.nn.network;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/**
 * The windows of a mini-batch, in order; each is cut out when it is asked for.
 */
final class Windows extends AbstractList<Window> {

	private final Batch batch;

	private final TruncatedBptt bptt;

	private final boolean everyStep;

	/** Windows of k1 steps. */
	private final int whole;

	/**
	 * @param everyStep whether the network answers at every step, rather than after the
	 * last
	 */
	Windows(Batch batch, TruncatedBptt bptt, boolean everyStep) {
		this.batch = batch;
		this.bptt = bptt;
		this.everyStep = everyStep;
		int steps = batch.inputs().steps() - (everyStep ? 0 : bptt.backward());
		this.whole = (Math.max(0, steps) + bptt.forward() - 1) / bptt.forward();
	}

	@Override
	public int size() {
		return this.everyStep ? this.whole : this.whole + 1;
	}

	@Override
	public Window get(int index) {
		int[] lengths = this.batch.inputs().lengths();
		int k1 = this.bptt.forward();
		int k2 = this.bptt.backward();
		if (index < 0 || index >= size()) {
			throw new IndexOutOfBoundsException(index);
		}
		if (this.everyStep) {
			Cut cut = new Cut((row) -> index * k1, (row) -> Math.min(k1, lengths[row] - index * k1));
			Targets targets = cut.targets(Math.max(0, this.batch.targets().washout() - index * k1));
			return new Window(new Batch(cut.inputs(), null, targets), cut.steps(targets.washout()), k2);
		}
		if (index < this.whole) {
			Cut cut = new Cut((row) -> index * k1, (row) -> Math.min(k1, lengths[row] - k2 - index * k1));
			return new Window(new Batch(cut.inputs(), null, this.batch.targets()), 0, 0);
		}
		Cut cut = new Cut((row) -> Math.max(0, lengths[row] - k2), (row) -> Math.min(k2, lengths[row]));
		return new Window(new Batch(cut.inputs(), null, this.batch.targets()), lengths.length, k2);
	}

	/** Some steps of each row. */
	private final class Cut {

		private final int rows = Windows.this.batch.inputs().batch();

		private final int[] from;

		private final int[] lengths;

		private final int longest;

		/**
		 * @param from a row's first step
		 * @param length a row's number of steps; below 0 is none
		 */
		Cut(IntUnaryOperator from, IntUnaryOperator length) {
			this.from = new int[this.rows];
			this.lengths = new int[this.rows];
			Arrays.setAll(this.from, from);
			Arrays.setAll(this.lengths, (row) -> Math.max(0, length.applyAsInt(row)));
			this.longest = Arrays.stream(this.lengths).max().orElse(0);
		}

		/** Steps of all rows, without the first ones of each. */
		int steps(int washout) {
			return Arrays.stream(this.lengths).map((length) -> Math.max(0, length - washout)).sum();
		}

		Sequences inputs() {
			if (Windows.this.batch.inputs() instanceof Sequences.Values values) {
				return new Sequences.Values(values.features(), cut(values.data(), values.features()), this.lengths);
			}
			return new Sequences.Tokens(cut(((Sequences.Tokens) Windows.this.batch.inputs()).ids()), this.lengths);
		}

		Targets targets(int washout) {
			if (Windows.this.batch.targets() instanceof Targets.Values values) {
				int steps = Windows.this.batch.inputs().steps();
				return new Targets.Values(cut(values.data(), values.data().length / this.rows / steps), washout);
			}
			return new Targets.Classes(cut(((Targets.Classes) Windows.this.batch.targets()).ids()));
		}

		/**
		 * @param all [time][size][batch]
		 */
		private float[] cut(float[] all, int size) {
			float[] some = new float[this.longest * size * this.rows];
			for (int i = 0; i < some.length; i++) {
				int row = i % this.rows;
				if (i / (size * this.rows) < this.lengths[row]) {
					some[i] = all[i + this.from[row] * size * this.rows];
				}
			}
			return some;
		}

		/**
		 * @param all [time][batch]
		 */
		private int[] cut(int[] all) {
			int[] some = new int[this.longest * this.rows];
			for (int i = 0; i < some.length; i++) {
				int row = i % this.rows;
				if (i / this.rows < this.lengths[row]) {
					some[i] = all[i + this.from[row] * this.rows];
				}
			}
			return some;
		}

	}

}
