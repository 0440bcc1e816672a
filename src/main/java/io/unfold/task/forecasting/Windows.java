package io.unfold.task.forecasting;

import java.util.Arrays;
import java.util.List;

import io.unfold.nn.network.Batch;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.task.Examples;

/**
 * Windows of series, each with the row that follows it.
 *
 * @param series that the windows are of
 * @param length steps of a window
 * @param rows for each series the rows that follow its windows
 */
record Windows(List<Encoded> series, int length, List<int[]> rows, int[] begins) implements Examples {

	Windows(List<Encoded> series, int length, List<int[]> rows) {
		this(series, length, rows, begins(rows));
	}

	/** For each series the number of its first window, and at the end that of all. */
	private static int[] begins(List<int[]> rows) {
		int[] begins = new int[rows.size() + 1];
		for (int i = 0; i < rows.size(); i++) {
			begins[i + 1] = begins[i] + rows.get(i).length;
		}
		return begins;
	}

	@Override
	public int size() {
		return this.begins[this.rows.size()];
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
		Encoded any = this.series.get(0);
		int answers = any.answers()[0].length;
		int features = answers + any.known()[0].length;
		int batch = examples.length;
		float[] inputs = new float[this.length * features * batch];
		float[] targets = new float[answers * batch];
		for (int i = 0; i < batch; i++) {
			int number = seriesOf(examples[i]);
			Encoded one = this.series.get(number);
			int row = this.rows.get(number)[examples[i] - this.begins[number]];
			for (int t = 0; t < this.length; t++) {
				for (int k = 0; k < features; k++) {
					inputs[(t * features + k) * batch + i] = one.input(row - this.length + 1 + t, k);
				}
			}
			for (int k = 0; k < answers; k++) {
				targets[k * batch + i] = one.answer(row)[k];
			}
		}
		int[] lengths = new int[batch];
		Arrays.fill(lengths, this.length);
		return new Batch(new Sequences.Values(features, inputs, lengths), null, new Targets.Values(targets, 0));
	}

	/** The series that a window is of: the last one that begins at it or before. */
	private int seriesOf(int example) {
		int found = Arrays.binarySearch(this.begins, example);
		int number = (found >= 0) ? found : -found - 2;
		while (this.begins[number + 1] == example) {
			// series without windows begin where the next one does
			number++;
		}
		return number;
	}

}
