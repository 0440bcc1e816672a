package io.unfold.nn.cell;

import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import io.unfold.problem.InvalidFieldException;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class RecurrenceTest {

	private static final JsonMapper JSON = JsonMapper.shared();

	@Test
	void isReadAndWrittenAsPartOfItsCell() {
		CellSpec cell = JSON.readValue(
				"{\"cell\": \"lstm\", \"units\": 4, \"recurrence\": {\"leak\": 0.5, \"skip\": 7}}", CellSpec.class);
		assertThat(cell).isEqualTo(new Lstm(4, new Recurrence(0.5, 1, 7, 0)));
		assertThat(JSON.readValue(JSON.writeValueAsString(cell), CellSpec.class)).isEqualTo(cell);
		CellSpec plain = JSON.readValue("{\"cell\": \"gru\", \"units\": 4}", CellSpec.class);
		assertThat(plain).isEqualTo(new Gru(4, true));
		assertThat(JSON.writeValueAsString(plain)).doesNotContain("recurrence");
	}

	static Stream<Arguments> wrong() {
		return Stream.of(Arguments.of("leak", 0.0, 1, null, 0.0), Arguments.of("leak", 1.1, 1, null, 0.0),
				Arguments.of("delay", 1.0, 0, null, 0.0), Arguments.of("skip", 1.0, 3, 3, 0.0),
				Arguments.of("dropout", 1.0, 1, null, 1.0));
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void refusesWhatHasNoMeaning(String field, double leak, int delay, Integer skip, double dropout) {
		assertThatThrownBy(() -> new Recurrence(leak, delay, skip, dropout))
			.isInstanceOfSatisfying(InvalidFieldException.class, (ex) -> assertThat(ex.field()).isEqualTo(field));
	}

	/**
	 * A cell that hears nothing and sees nothing of itself keeps a share of what it had.
	 */
	@Test
	void leakyUnitForgetsWithItsTimeConstant() {
		CellSpec cell = new SimpleRnn(1, new Recurrence(0.1, 1, null, 0));
		double[] h = run(cell, new double[] { 0, 0 }, 10, new double[] { 1 });
		for (int t = 0; t < 10; t++) {
			assertThat(h[t]).isCloseTo(Math.pow(0.9, t + 1), within(1e-12));
		}
	}

	/**
	 * With a weight of one on h of two steps ago, even and odd steps know nothing of each
	 * other.
	 */
	@Test
	void delayedCellIsAsManyCellsSideBySide() {
		CellSpec delayed = new SimpleRnn(1, new Recurrence(1, 2, null, 0));
		double[] both = run(delayed, new double[] { 0, 1 }, 6, new double[] { 0.5, -0.8 });
		double[] odd = run(new SimpleRnn(1), new double[] { 0, 1 }, 3, new double[] { 0.5 });
		double[] even = run(new SimpleRnn(1), new double[] { 0, 1 }, 3, new double[] { -0.8 });
		for (int t = 0; t < 3; t++) {
			// the state of two steps ago, first
			assertThat(both[2 * t]).isEqualTo(even[t]);
			assertThat(both[2 * t + 1]).isEqualTo(odd[t]);
		}
	}

	/**
	 * @param weights that of the input and the recurrent one
	 */
	private static double[] run(CellSpec cell, double[] weights, int steps, double[] initial) {
		return cell.reference(1)
			.forward(new CellReference.Parameters(new double[] { weights[0] }, new double[] { weights[1] },
					new double[] { 0 }), new double[steps], new Span(1, steps, null, false), initial);
	}

}
