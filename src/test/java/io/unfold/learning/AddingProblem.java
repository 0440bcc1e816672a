package io.unfold.learning;

import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * The adding problem (Hochreiter and Schmidhuber 1997, doi:10.1162/neco.1997.9.8.1735,
 * experiment 4) in its common form: each step has a value, uniform in [0, 1], and a
 * marker, which is 1 at one step of the first half and at one of the second, and else 0;
 * the target is the sum of the two marked values. Its variance is 1 / 6.
 */
final class AddingProblem {

	private AddingProblem() {
	}

	static Stream<Example.Measured> examples(long seed, int count, int steps) {
		SplittableRandom random = new SplittableRandom(seed);
		return Stream.generate(() -> example(random, steps)).limit(count);
	}

	private static Example.Measured example(SplittableRandom random, int steps) {
		double[][] sequence = new double[steps][2];
		for (double[] step : sequence) {
			step[0] = random.nextInt(1001) / 1000.0;
		}
		double[] first = sequence[random.nextInt(steps / 2)];
		double[] second = sequence[random.nextInt(steps / 2, steps)];
		first[1] = 1;
		second[1] = 1;
		return new Example.Measured(sequence, first[0] + second[0]);
	}

}
