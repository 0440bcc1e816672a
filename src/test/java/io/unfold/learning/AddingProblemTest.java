package io.unfold.learning;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Adding over 200 steps, by requests that differ in nothing but the cell. Who always
 * answers the mean has a mean squared error of 0.167.
 */
@Tag("learning")
class AddingProblemTest {

	@ParameterizedTest
	@ValueSource(strings = { "adding-gru", "adding-lstm" })
	void gatedCellsSolveIt(String request) {
		assertThat(error(request)).isLessThan(0.01);
	}

	@Test
	void simpleCellDoesNoBetterThanTheMean() {
		assertThat(error("adding-simple")).isGreaterThan(0.13);
	}

	@Test
	void leakyUnitsMakeTheSimpleCellRemember() {
		assertThat(error("adding-leaky")).isLessThan(0.05);
	}

	private static double error(String request) {
		return Request.named(request).run(AddingProblem.examples(1, 5000, 200)).metrics().get("mse");
	}

}
