package io.unfold.learning;

import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What reservoirs of 200 units are known for, as root mean squared errors relative to the
 * standard deviation of the targets, on whole series that were held out.
 */
@Tag("learning")
class SeriesTest {

	@Test
	void reservoirForetellsTheNextStepOfMackeyAndGlass() {
		assertThat(error("mackey-glass", Series.mackeyGlass(1, 10, 1500))).isLessThan(0.002);
	}

	@Test
	void reservoirIdentifiesTheTenthOrderNonlinearSystem() {
		assertThat(error("narma-10", Series.narma10(1, 10, 2000))).isLessThan(0.25);
	}

	private static double error(String request, Stream<Example.Measured> examples) {
		return Request.named(request).run(examples).metrics().get("nrmse");
	}

}
