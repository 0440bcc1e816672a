package io.unfold.nn.linear;

import java.util.Optional;
import java.util.Random;

import io.unfold.nn.linear.RidgeRegression.Solution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RidgeRegressionTest {

	private static final int INPUTS = 5;

	private static final int OUTPUTS = 2;

	private final double[] x = numbers(1, 40 * INPUTS, 0.3);

	private final double[] y = numbers(2, 40 * OUTPUTS, -0.7);

	private static double[] numbers(long seed, int count, double mean) {
		return new Random(seed).doubles(count, mean - 1, mean + 1).toArray();
	}

	private static Solution solve(double[] x, double[] y, double ridge, int... portions) {
		try (RidgeRegression regression = new RidgeRegression(INPUTS, OUTPUTS)) {
			int from = 0;
			for (int rows : portions) {
				double[] someX = new double[rows * INPUTS];
				double[] someY = new double[rows * OUTPUTS];
				System.arraycopy(x, from * INPUTS, someX, 0, someX.length);
				System.arraycopy(y, from * OUTPUTS, someY, 0, someY.length);
				regression.add(someX, someY, rows);
				from += rows;
			}
			assertThat(regression.count()).isEqualTo(from);
			return regression.solve(ridge).orElseThrow();
		}
	}

	/** By Gauss and Jordan's elimination of the equations for B and b at once. */
	@ParameterizedTest
	@ValueSource(doubles = { 0, 1e-6, 0.5, 100 })
	void agreesWithEliminationOfTheWholeSystem(double ridge) {
		Solution solution = solve(this.x, this.y, ridge, 40);
		int n = INPUTS + 1;
		double[][] system = new double[n][n + OUTPUTS];
		for (int row = 0; row < 40; row++) {
			for (int i = 0; i < n; i++) {
				for (int j = 0; j < n; j++) {
					system[i][j] += input(row, i) * input(row, j);
				}
				for (int k = 0; k < OUTPUTS; k++) {
					system[i][n + k] += input(row, i) * this.y[row * OUTPUTS + k];
				}
			}
		}
		for (int i = 0; i < INPUTS; i++) {
			system[i][i] += ridge;
		}
		for (int i = 0; i < n; i++) {
			double pivot = system[i][i];
			for (int j = 0; j < n + OUTPUTS; j++) {
				system[i][j] /= pivot;
			}
			for (int r = 0; r < n; r++) {
				double factor = (r != i) ? system[r][i] : 0;
				for (int j = 0; j < n + OUTPUTS; j++) {
					system[r][j] -= factor * system[i][j];
				}
			}
		}
		for (int k = 0; k < OUTPUTS; k++) {
			for (int i = 0; i < INPUTS; i++) {
				assertThat(solution.map().weights()[k * INPUTS + i]).isCloseTo(system[i][n + k], within(1e-12));
			}
			assertThat(solution.map().biases()[k]).isCloseTo(system[INPUTS][n + k], within(1e-12));
		}
	}

	/** The last input is the constant 1. */
	private double input(int row, int i) {
		return (i < INPUTS) ? this.x[row * INPUTS + i] : 1;
	}

	@Test
	void meanSquaredErrorIsThatOfItsAnswers() {
		Solution solution = solve(this.x, this.y, 0.5, 40);
		double[] answers = new double[40 * OUTPUTS];
		solution.map().apply(this.x, 40, answers);
		double squares = 0;
		for (int i = 0; i < answers.length; i++) {
			squares += Math.pow(answers[i] - this.y[i], 2);
		}
		assertThat(solution.meanSquaredError()).isCloseTo(squares / 40, within(1e-12));
	}

	@Test
	void portionsMakeNoDifference() {
		Solution whole = solve(this.x, this.y, 1e-3, 40);
		Solution parts = solve(this.x, this.y, 1e-3, 1, 17, 2, 20);
		assertThat(parts.map().weights()).usingComparatorWithPrecision(1e-13).containsExactly(whole.map().weights());
		assertThat(parts.map().biases()).usingComparatorWithPrecision(1e-13).containsExactly(whole.map().biases());
	}

	@Test
	void largeRidgeLeavesTheMean() {
		Solution solution = solve(this.x, this.y, 1e12, 40);
		assertThat(solution.map().weights()).usingComparatorWithPrecision(1e-9).containsOnly(0.0);
		double mean = 0;
		for (int row = 0; row < 40; row++) {
			mean += this.y[row * OUTPUTS] / 40;
		}
		assertThat(solution.map().biases()[0]).isCloseTo(mean, within(1e-9));
	}

	@Test
	void hasNoSolutionWithoutARidgeWhereInputsDependOnEachOther() {
		double[] dependent = this.x.clone();
		for (int row = 0; row < 40; row++) {
			dependent[row * INPUTS + 4] = 3 * dependent[row * INPUTS] - 0.1 * dependent[row * INPUTS + 1] + 2;
		}
		try (RidgeRegression regression = new RidgeRegression(INPUTS, OUTPUTS)) {
			regression.add(dependent, this.y, 40);
			assertThat(regression.solve(0)).isEmpty();
			assertThat(regression.solve(1e-20)).isEmpty();
			Optional<Solution> solution = regression.solve(1e-6);
			assertThat(solution).isPresent();
		}
	}

	@Test
	void knowsWhenItWasGivenWhatIsNotANumber() {
		for (double bad : new double[] { Double.NaN, Double.POSITIVE_INFINITY, 1e200 }) {
			try (RidgeRegression regression = new RidgeRegression(INPUTS, OUTPUTS)) {
				regression.add(this.x, this.y, 40);
				assertThat(regression.isFinite()).isTrue();
				double[] answers = this.y.clone();
				answers[7] = bad;
				regression.add(this.x, answers, 40);
				assertThat(regression.isFinite()).isFalse();
			}
		}
		try (RidgeRegression regression = new RidgeRegression(INPUTS, OUTPUTS)) {
			double[] inputs = this.x.clone();
			inputs[3] = Double.NaN;
			regression.add(inputs, this.y, 40);
			assertThat(regression.isFinite()).isFalse();
		}
	}

	/**
	 * At sizes where a library takes other kernels: of the solution the gradient is 0.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 33, 64, 127, 200, 301 })
	void gradientOfTheObjectiveIsZeroAtTheSolution(int inputs) {
		int rows = 401;
		double ridge = 0.3;
		double[] manyX = numbers(5, rows * inputs, 0.2);
		double[] manyY = numbers(6, rows * 3, 0.1);
		LinearMap map;
		try (RidgeRegression regression = new RidgeRegression(inputs, 3)) {
			regression.add(manyX, manyY, rows);
			map = regression.solve(ridge).orElseThrow().map();
		}
		double[] gradient = new double[3 * inputs];
		double[] sums = new double[3];
		for (int row = 0; row < rows; row++) {
			for (int k = 0; k < 3; k++) {
				double error = map.biases()[k] - manyY[row * 3 + k];
				for (int i = 0; i < inputs; i++) {
					error += manyX[row * inputs + i] * map.weights()[k * inputs + i];
				}
				for (int i = 0; i < inputs; i++) {
					gradient[k * inputs + i] += error * manyX[row * inputs + i];
				}
				sums[k] += error;
			}
		}
		for (int i = 0; i < gradient.length; i++) {
			gradient[i] += ridge * map.weights()[i];
		}
		assertThat(gradient).usingComparatorWithPrecision(1e-9).containsOnly(0.0);
		assertThat(sums).usingComparatorWithPrecision(1e-9).containsOnly(0.0);
	}

	@Test
	void refusesToSolveWithoutExamples() {
		try (RidgeRegression regression = new RidgeRegression(INPUTS, OUTPUTS)) {
			assertThatThrownBy(() -> regression.solve(1)).isInstanceOf(IllegalStateException.class);
		}
	}

}
