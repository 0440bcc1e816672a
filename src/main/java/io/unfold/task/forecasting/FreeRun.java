package io.unfold.task.forecasting;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import io.unfold.data.SeriesTransform;
import io.unfold.nn.network.Output;
import io.unfold.nn.network.SequenceNetwork;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.State;
import io.unfold.task.sequence.NumberEncoder;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts over a horizon: step by step, the network reading its own forecasts.
 * Intervals come from paths that read, in place of the mean, what is drawn from the
 * distribution at each step (DeepAR, Salinas et al. 2020, arXiv:1704.04110), so that what
 * is uncertain adds up. Draws are the same in every call.
 */
final class FreeRun {

	/** Paths from each origin. */
	static final int PATHS = 200;

	/** Origins that are run at once. */
	private static final int BATCH = 128;

	/** The same, of which there are paths. */
	private static final int SAMPLED_BATCH = 16;

	private static final long SEED = 20_260_110;

	/** Quantiles of the standard normal distribution, in the middle of even parts. */
	private static final double[] NORMAL = normal();

	private final Forecasting task;

	private final SequenceNetwork network;

	FreeRun(Forecasting task, SequenceNetwork network) {
		this.task = task;
		this.network = network;
	}

	private static double[] normal() {
		NormalDistribution standard = new NormalDistribution(null, 0, 1);
		return IntStream.range(0, PATHS)
			.mapToDouble((i) -> standard.inverseCumulativeProbability((i + 0.5) / PATHS))
			.toArray();
	}

	/**
	 * Where a forecast begins.
	 *
	 * @param series in which what is known ahead reaches over the horizon
	 * @param row the first row that is forecast
	 * @param steps that the network reads before it
	 * @param transform of the targets
	 * @param history the targets before it, as many as the differencing takes, or more
	 */
	record Origin(Encoded series, int row, int steps, SeriesTransform transform, double[][] history) {

		private float[][] inputs(int features) {
			float[][] inputs = new float[this.steps][features];
			Encoded.Reading reading = this.series.reading();
			for (int t = 0; t < this.steps; t++) {
				for (int k = 0; k < features; k++) {
					inputs[t][k] = reading.input(this.row - this.steps + 1 + t, k);
				}
			}
			return inputs;
		}

	}

	/**
	 * A forecast, in the targets' own unit; [horizon][target].
	 *
	 * @param lower limit of the interval; null where there are none
	 * @param upper the same
	 */
	record Forecast(double[][] values, double @Nullable [][] lower, double @Nullable [][] upper) {
	}

	/**
	 * Forecasts from some origins.
	 * @param level share of the values that intervals should hold; null: there are none
	 */
	List<Forecast> run(List<Origin> origins, int horizon, @Nullable Double level) {
		List<Forecast> forecasts = new ArrayList<>();
		int batch = (level != null) ? SAMPLED_BATCH : BATCH;
		for (int from = 0; from < origins.size(); from += batch) {
			forecasts.addAll(runSome(origins.subList(from, Math.min(origins.size(), from + batch)), horizon, level));
		}
		return forecasts;
	}

	private List<Forecast> runSome(List<Origin> origins, int horizon, @Nullable Double level) {
		Sequences.Values inputs = NumberEncoder
			.pack(origins.stream().map((origin) -> origin.inputs(this.task.features())).toList());
		SequenceNetwork.Result begun = this.network.run(inputs, this.network.initialState(origins.size()));
		double[][][] values = new double[origins.size()][horizon][];
		roll(origins, begun, horizon, (h, outputs, batch) -> Arrays.copyOf(outputs, this.task.answers() * batch),
				(h, step) -> {
					for (int i = 0; i < step.length; i++) {
						values[i][h] = step[i];
					}
				});
		if (level == null) {
			return Arrays.stream(values).map((forecast) -> new Forecast(forecast, null, null)).toList();
		}
		double[][][] lower = new double[origins.size()][horizon][this.task.target().size()];
		double[][][] upper = new double[origins.size()][horizon][this.task.target().size()];
		Random random = new Random(SEED);
		roll(paths(origins), paths(begun, origins.size()), horizon,
				(h, outputs, batch) -> drawn(outputs, batch, random), (h, step) -> {
					for (int i = 0; i < origins.size(); i++) {
						for (int v = 0; v < values[i][h].length; v++) {
							double[] sorted = sorted(step, i, v);
							lower[i][h][v] = Math.min(values[i][h][v], quantile(sorted, (1 - level) / 2));
							upper[i][h][v] = Math.max(values[i][h][v], quantile(sorted, (1 + level) / 2));
						}
					}
				});
		return IntStream.range(0, values.length).mapToObj((i) -> new Forecast(values[i], lower[i], upper[i])).toList();
	}

	/** Chooses the next step from what the network answers. */
	private interface Choice {

		/**
		 * @param outputs [size][batch]
		 * @return as the network sees it; [answers][batch]
		 */
		float[] next(int h, float[] outputs, int batch);

	}

	/** Takes a step of all rows. */
	private interface Sink {

		/**
		 * @param step in the targets' own unit; [row][target]
		 */
		void step(int h, double[][] step);

	}

	/**
	 * @param begun after the steps before the origins
	 */
	private void roll(List<Origin> rows, SequenceNetwork.Result begun, int horizon, Choice choice, Sink sink) {
		int batch = rows.size();
		int answers = this.task.answers();
		int targets = this.task.target().size();
		List<SeriesTransform.Continuation> going = rows.stream()
			.map((origin) -> origin.transform().continuing(origin.history()))
			.toList();
		int[] one = new int[batch];
		Arrays.fill(one, 1);
		SequenceNetwork.Result result = begun;
		for (int h = 0; h < horizon; h++) {
			float[] next = choice.next(h, result.outputs(), batch);
			double[][] step = new double[batch][targets];
			for (int i = 0; i < batch; i++) {
				for (int v = 0; v < targets; v++) {
					step[i][v] = next[v * batch + i];
				}
				step[i] = going.get(i).next(step[i]);
			}
			sink.step(h, step);
			if (h + 1 < horizon) {
				float[] input = Arrays.copyOf(next, this.task.features() * batch);
				Encoded.Reading reading = rows.get(0).series().reading();
				for (int i = 0; i < batch; i++) {
					Origin origin = rows.get(i);
					if (i > 0 && !origin.equals(rows.get(i - 1))) {
						reading = origin.series().reading();
					}
					for (int k = answers; k < this.task.features(); k++) {
						input[k * batch + i] = reading.number(origin.row() + h + 1, k);
					}
				}
				State state = result.state();
				result = this.network.run(new Sequences.Values(this.task.features(), input, one), state);
			}
		}
	}

	/** Each origin once for each path. */
	private static List<Origin> paths(List<Origin> origins) {
		List<Origin> paths = new ArrayList<>();
		for (Origin origin : origins) {
			for (int path = 0; path < PATHS; path++) {
				paths.add(origin);
			}
		}
		return paths;
	}

	private static SequenceNetwork.Result paths(SequenceNetwork.Result begun, int origins) {
		int[] rows = IntStream.range(0, origins * PATHS).map((i) -> i / PATHS).toArray();
		float[] outputs = new float[begun.outputs().length * PATHS];
		for (int i = 0; i < outputs.length; i++) {
			outputs[i] = begun.outputs()[i / PATHS];
		}
		return new SequenceNetwork.Result(outputs, begun.state().select(rows));
	}

	/**
	 * Draws of each number, one from each of as many even parts of its distribution as
	 * there are paths (Latin hypercube sampling, McKay et al. 1979): fewer paths are
	 * needed, and the interval of the first step is exact. Origins share the draws.
	 */
	private float[] drawn(float[] outputs, int batch, Random random) {
		int answers = this.task.answers();
		float[] drawn = new float[answers * batch];
		for (int k = 0; k < answers; k++) {
			double[] noise = shuffled(random);
			for (int i = 0; i < batch; i++) {
				double deviation = Output.deviation(outputs[(answers + k) * batch + i]);
				drawn[k * batch + i] = (float) (outputs[k * batch + i] + deviation * noise[i % PATHS]);
			}
		}
		return drawn;
	}

	private static double[] shuffled(Random random) {
		double[] noise = NORMAL.clone();
		for (int i = noise.length - 1; i > 0; i--) {
			int other = random.nextInt(i + 1);
			double swapped = noise[i];
			noise[i] = noise[other];
			noise[other] = swapped;
		}
		return noise;
	}

	private static double[] sorted(double[][] step, int origin, int variable) {
		double[] values = new double[PATHS];
		for (int path = 0; path < PATHS; path++) {
			values[path] = step[origin * PATHS + path][variable];
		}
		Arrays.sort(values);
		return values;
	}

	/**
	 * Of values in the middle of even parts of a distribution (Hazen 1914), linear in
	 * between.
	 */
	static double quantile(double[] sorted, double probability) {
		double position = probability * sorted.length - 0.5;
		int below = Math.max(0, Math.min(sorted.length - 2, (int) Math.floor(position)));
		double share = Math.max(0, Math.min(1, position - below));
		return sorted[below] + share * (sorted[below + 1] - sorted[below]);
	}

}
