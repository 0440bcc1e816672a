package io.unfold.nn.cell;

import java.util.SplittableRandom;

import io.unfold.nn.linear.SpectralRadius;
import io.unfold.problem.InvalidFieldException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class ReservoirTest {

	@ParameterizedTest
	@CsvSource({ "200, 0.9, 0.9, 20", "50, 1.25, 0.5, 25", "7, 0.6, 1.0, 1", "3, 0.99, 0.0, 3", "1, 0.5, 0.9, 1" })
	void recurrentWeightsHaveTheSpectralRadiusAndTheSparsityAskedFor(int units, double radius, double sparsity,
			int seen) {
		float[] r = new Reservoir(units, radius, sparsity, 1, 0.5, 1).draw(3, new SplittableRandom(4)).r();
		double[] matrix = new double[r.length];
		for (int u = 0; u < units; u++) {
			int others = 0;
			for (int v = 0; v < units; v++) {
				matrix[u * units + v] = r[u * units + v];
				others += (r[u * units + v] != 0) ? 1 : 0;
			}
			assertThat(others).isEqualTo(seen);
		}
		assertThat(SpectralRadius.of(matrix, units)).isCloseTo(radius, within(1e-6));
	}

	@Test
	void inputWeightsAndBiasesFillTheirRanges() {
		Reservoir.Drawn drawn = new Reservoir(500, 0.9, 0.9, 0.3, 0.1, 1).draw(4, new SplittableRandom(4));
		assertRange(drawn.w(), 2000, 0.3);
		assertRange(drawn.b(), 500, 0.1);
	}

	private static void assertRange(float[] values, int count, double range) {
		assertThat(values).hasSize(count);
		double squares = 0;
		for (float value : values) {
			assertThat(Math.abs(value)).isLessThanOrEqualTo((float) range);
			squares += value * value;
		}
		assertThat(Math.sqrt(squares / count)).isCloseTo(range / Math.sqrt(3), within(0.05 * range));
	}

	@Test
	void sameRandomNumbersGiveTheSameReservoir() {
		Reservoir reservoir = new Reservoir(20, 0.9, 0.9, 1, 0.5, 1);
		assertThat(reservoir.draw(2, new SplittableRandom(4)).r())
			.isEqualTo(reservoir.draw(2, new SplittableRandom(4)).r())
			.isNotEqualTo(reservoir.draw(2, new SplittableRandom(5)).r());
	}

	@Test
	void hasDefaults() {
		CellSpec read = JsonMapper.shared().readValue("{\"cell\": \"reservoir\", \"units\": 200}", CellSpec.class);
		assertThat(read).isEqualTo(new Reservoir(200, 0.9, 0.9, 1, 0.5, 1));
		assertThat(JsonMapper.shared().readValue(JsonMapper.shared().writeValueAsString(read), CellSpec.class))
			.isEqualTo(read);
	}

	@Test
	void refusesWhatNoReservoirCanBe() {
		assertThatThrownBy(() -> new Reservoir(3000, 0.9, 0.9, 1, 0.5, 1)).isInstanceOf(InvalidFieldException.class)
			.hasMessageContaining("2048");
		assertThatThrownBy(() -> new Reservoir(10, -0.1, 0.9, 1, 0.5, 1)).isInstanceOf(InvalidFieldException.class);
		assertThatThrownBy(() -> new Reservoir(10, 0.9, 1.1, 1, 0.5, 1)).isInstanceOf(InvalidFieldException.class);
		assertThatThrownBy(() -> new Reservoir(10, 0.9, 0.9, Double.NaN, 0.5, 1))
			.isInstanceOf(InvalidFieldException.class);
		assertThatThrownBy(() -> new Reservoir(10, 0.9, 0.9, 1, 0.5, 0)).isInstanceOf(InvalidFieldException.class);
	}

}
