package io.unfold.nn.linear;

import java.util.Random;

import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class SpectralRadiusTest {

	/** Its eigenvalues are a complex pair: a vector would turn for ever. */
	@Test
	void ofRotationIsItsScale() {
		double[] rotation = { 0.7 * Math.cos(1), 0.7 * Math.sin(1), -0.7 * Math.sin(1), 0.7 * Math.cos(1) };
		assertThat(SpectralRadius.of(rotation, 2)).isCloseTo(0.7, within(1e-10));
	}

	/** (x^2 + 0.81) (x - 0.5) (x + 0.899) = x^4 + 0.399 x^3 + 0.3605 x^2 + ... */
	@Test
	void ofCompanionMatrixIsTheLargestRootOfItsPolynomial() {
		double[] polynomial = times(times(new double[] { 0.81, 0, 1 }, -0.5), 0.899);
		assertThat(SpectralRadius.of(companion(polynomial), 4)).isCloseTo(0.9, within(1e-10));
		double[] roots = { 1 };
		for (int root = 1; root <= 6; root++) {
			roots = times(roots, -root);
		}
		assertThat(SpectralRadius.of(companion(roots), 6)).isCloseTo(6, within(1e-9));
	}

	/** The polynomial times (x + a); coefficients from the constant up. */
	private static double[] times(double[] polynomial, double a) {
		double[] product = new double[polynomial.length + 1];
		for (int i = 0; i < polynomial.length; i++) {
			product[i] += a * polynomial[i];
			product[i + 1] += polynomial[i];
		}
		return product;
	}

	private static double[] companion(double[] polynomial) {
		int n = polynomial.length - 1;
		double[] matrix = new double[n * n];
		for (int i = 0; i < n; i++) {
			matrix[(n - 1) * n + i] = -polynomial[i];
			if (i > 0) {
				matrix[(i - 1) * n + i] = 1;
			}
		}
		return matrix;
	}

	@Test
	void ofTrianglesIsTheLargestOfTheirDiagonal() {
		assertThat(SpectralRadius.of(new double[] { 0, 0, 0, 1, 0, 0, 1, 1, 0 }, 3)).isZero();
		assertThat(SpectralRadius.of(new double[] { 0.5, 0, 0, 3, -0.8, 0, 1, 2, 0.1 }, 3)).isCloseTo(0.8,
				within(1e-9));
		// one eigenvalue with a single vector of its own
		assertThat(SpectralRadius.of(new double[] { 0.5, 0, 0, 1, 0.5, 0, 0, 1, 0.5 }, 3)).isCloseTo(0.5, within(1e-8));
	}

	@Test
	void growsWithTheMatrix() {
		assertThat(SpectralRadius.of(new double[] { -1e200 }, 1)).isCloseTo(1e200, within(1e190));
		assertThat(SpectralRadius.of(new double[] { 0, 1e-200, -1e-200, 0 }, 2)).isCloseTo(1e-200, within(1e-210));
		assertThat(SpectralRadius.of(new double[9], 3)).isZero();
	}

	@ParameterizedTest
	@ValueSource(ints = { 3, 40, 200 })
	void agreesWithAllEigenvaluesOfRandomMatrices(int n) {
		Random random = new Random(n);
		double[][] rows = new double[n][n];
		double[] matrix = new double[n * n];
		for (int i = 0; i < n * n; i++) {
			matrix[i] = (n < 10 || random.nextInt(10) == 0) ? 2 * random.nextDouble() - 1 : 0;
			rows[i % n][i / n] = matrix[i];
		}
		EigenDecomposition eigenvalues = new EigenDecomposition(new Array2DRowRealMatrix(rows));
		double largest = 0;
		for (int i = 0; i < n; i++) {
			largest = Math.max(largest, Math.hypot(eigenvalues.getRealEigenvalue(i), eigenvalues.getImagEigenvalue(i)));
		}
		assertThat(SpectralRadius.of(matrix, n)).isCloseTo(largest, within(1e-9 * largest));
	}

	@Test
	void refusesWhatIsNotSquare() {
		assertThatThrownBy(() -> SpectralRadius.of(new double[6], 2)).isInstanceOf(IllegalArgumentException.class);
	}

}
