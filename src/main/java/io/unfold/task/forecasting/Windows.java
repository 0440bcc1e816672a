package io.unfold.task.forecasting;

import java.util.stream.IntStream;

import io.unfold.nn.network.Batch;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.task.Examples;

/**
 * Windows of a series, each with the step that follows it.
 *
 * @param series [time][variable]
 * @param length steps of a window
 * @param targets the steps that follow the windows
 */
record Windows(double[][] series, int length, int[] targets) implements Examples {

	@Override
	public int size() {
		return this.targets.length;
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
		int variables = this.series[0].length;
		int batch = examples.length;
		float[] inputs = new float[this.length * variables * batch];
		float[] answers = new float[variables * batch];
		for (int i = 0; i < batch; i++) {
			int target = this.targets[examples[i]];
			for (int v = 0; v < variables; v++) {
				for (int t = 0; t < this.length; t++) {
					inputs[(t * variables + v) * batch + i] = (float) this.series[target - this.length + t][v];
				}
				answers[v * batch + i] = (float) this.series[target][v];
			}
		}
		int[] lengths = IntStream.generate(() -> this.length).limit(batch).toArray();
		return new Batch(new Sequences.Values(variables, inputs, lengths), null, new Targets.Values(answers, 0));
	}

}
