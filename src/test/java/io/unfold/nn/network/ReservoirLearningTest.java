package io.unfold.nn.network;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

import io.unfold.nn.cell.Reservoir;
import io.unfold.nn.network.Output.Kind;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What reservoirs of 200 units are known for. Inputs and targets are standardised by the
 * training part, errors are those of 1,000 steps that follow it, relative to the standard
 * deviation of the targets there.
 */
class ReservoirLearningTest {

	private static final int TRAINED = 3000;

	private static final int TESTED = 1000;

	/** One step ahead, from the true values: 3.3e-4 to 4.0e-4. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void foretellsTheNextStepOfMackeyAndGlass(long seed) {
		double[] series = mackeyGlass(TRAINED + TESTED + 1);
		double error = error(Arrays.copyOf(series, TRAINED + TESTED),
				Arrays.copyOfRange(series, 1, TRAINED + TESTED + 1), 0.3, seed);
		assertThat(error).isLessThan(0.001);
	}

	/** Atiya and Parlos 2000, doi:10.1109/72.846741: 0.21 to 0.23. */
	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3 })
	void identifiesTheTenthOrderNonlinearSystem(long seed) {
		int steps = TRAINED + TESTED;
		double[] u = new SplittableRandom(5).doubles(steps, 0, 0.5).toArray();
		double[] y = new double[steps + 1];
		for (int t = 9; t < steps; t++) {
			double sum = 0;
			for (int i = 0; i < 10; i++) {
				sum += y[t - i];
			}
			y[t + 1] = 0.3 * y[t] + 0.05 * y[t] * sum + 1.5 * u[t - 9] * u[t] + 0.1;
		}
		assertThat(error(u, Arrays.copyOfRange(y, 1, steps + 1), 0.05, seed)).isLessThan(0.3);
	}

	/**
	 * x' = 0.2 x(t - 17) / (1 + x(t - 17)^10) - 0.1 x (Mackey and Glass 1977), from 1.2,
	 * by Runge and Kutta's method of fourth order with steps of 0.1, at every whole t
	 * from 1,000 on.
	 */
	private static double[] mackeyGlass(int count) {
		int delay = 170;
		double h = 0.1;
		double[] x = new double[delay + (1000 + count) * 10];
		Arrays.fill(x, 0, delay + 1, 1.2);
		for (int i = delay; i + 1 < x.length; i++) {
			double past = x[i - delay];
			double next = x[i - delay + 1];
			double between = (past + next) / 2;
			double k1 = slope(x[i], past);
			double k2 = slope(x[i] + h / 2 * k1, between);
			double k3 = slope(x[i] + h / 2 * k2, between);
			double k4 = slope(x[i] + h * k3, next);
			x[i + 1] = x[i] + h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
		}
		double[] sampled = new double[count];
		Arrays.setAll(sampled, (i) -> x[delay + (1000 + i) * 10]);
		return sampled;
	}

	private static double slope(double x, double past) {
		return 0.2 * past / (1 + Math.pow(past, 10)) - 0.1 * x;
	}

	private static double error(double[] inputs, double[] targets, double inputScaling, long seed) {
		float[] x = standardised(inputs);
		float[] y = standardised(targets);
		SequenceArchitecture architecture = new SequenceArchitecture(new StepInput.Values(1),
				new StackSpec(List.of(new Reservoir(200, 0.9, 0.9, inputScaling, 0.5, 1)), false, 0.0, null),
				new Output(Kind.VALUES, 1, true));
		try (SolvableNetwork<SequenceNetwork> network = architecture.solvable(seed).orElseThrow()) {
			network.add(new Batch(sequence(Arrays.copyOf(x, TRAINED)), null,
					new Targets.Values(Arrays.copyOf(y, TRAINED), 0)));
			network.endPass();
			SequenceNetwork twin = architecture.serving(network.parameters());
			float[] answers = twin.run(sequence(x), twin.initialState(1)).outputs();
			double squares = 0;
			double sum = 0;
			double sumOfSquares = 0;
			for (int t = TRAINED; t < TRAINED + TESTED; t++) {
				squares += Math.pow(answers[t] - y[t], 2);
				sum += y[t];
				sumOfSquares += y[t] * y[t];
			}
			return Math.sqrt(squares / (sumOfSquares - sum * sum / TESTED));
		}
	}

	private static Sequences sequence(float[] values) {
		return new Sequences.Values(1, values, new int[] { values.length });
	}

	private static float[] standardised(double[] values) {
		double mean = Arrays.stream(values, 0, TRAINED).average().orElseThrow();
		double variance = Arrays.stream(values, 0, TRAINED).map((v) -> (v - mean) * (v - mean)).average().orElseThrow();
		float[] standardised = new float[values.length];
		for (int i = 0; i < values.length; i++) {
			standardised[i] = (float) ((values[i] - mean) / Math.sqrt(variance));
		}
		return standardised;
	}

}
