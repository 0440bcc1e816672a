package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

import io.unfold.nn.network.Batch;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.task.Examples;
import io.unfold.task.Spans;

/** Windows of series, each with the row that follows it. */
final class Windows implements Examples {

	/** Steps of a window. */
	private final int length;

	private final List<Run> runs = new ArrayList<>();

	private int size;

	Windows(int length) {
		this.length = length;
	}

	/**
	 * Windows whose rows follow one another.
	 *
	 * @param first the number of the first window
	 * @param row the row that follows it
	 */
	private record Run(int first, Encoded series, int row) {
	}

	/**
	 * Adds the windows that are followed by some rows.
	 * @param rows in which they are
	 * @param learned whether a row is one of them
	 */
	void add(Encoded series, Spans.Span rows, IntPredicate learned) {
		boolean going = false;
		for (int row = rows.from(); row < rows.to(); row++) {
			boolean one = learned.test(row);
			if (one && !going) {
				this.runs.add(new Run(this.size, series, row));
			}
			this.size = Math.addExact(this.size, one ? 1 : 0);
			going = one;
		}
	}

	@Override
	public int size() {
		return this.size;
	}

	@Override
	public int steps(int example) {
		return this.length;
	}

	@Override
	public int decoderSteps(int example) {
		return 0;
	}

	@Override
	public int targets(int example) {
		return 1;
	}

	@Override
	public Batch batch(int... examples) {
		Encoded any = this.runs.get(0).series();
		int answers = any.answers();
		int features = any.features();
		int batch = examples.length;
		float[] inputs = new float[this.length * features * batch];
		float[] targets = new float[answers * batch];
		for (int i = 0; i < batch; i++) {
			Run run = run(examples[i]);
			Encoded.Reading one = run.series().reading();
			int row = run.row() + examples[i] - run.first();
			for (int t = 0; t < this.length; t++) {
				for (int k = 0; k < features; k++) {
					inputs[(t * features + k) * batch + i] = one.input(row - this.length + 1 + t, k);
				}
			}
			for (int k = 0; k < answers; k++) {
				targets[k * batch + i] = one.number(row, k);
			}
		}
		int[] lengths = new int[batch];
		Arrays.fill(lengths, this.length);
		return new Batch(new Sequences.Values(features, inputs, lengths), null, new Targets.Values(targets, 0));
	}

	/** The run that a window is of: the last one that begins at it or before. */
	private Run run(int example) {
		int from = 0;
		int to = this.runs.size();
		while (to - from > 1) {
			int middle = (from + to) >>> 1;
			if (this.runs.get(middle).first() <= example) {
				from = middle;
			}
			else {
				to = middle;
			}
		}
		return this.runs.get(from);
	}

}
