package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** What holds for every cell. */
class CellContractTest {

	static List<CellSpec> cells() {
		return Stream.concat(CellSamples.of(5).stream(), CellSamples.withRecurrences(5).stream()).toList();
	}

	@ParameterizedTest
	@MethodSource("cells")
	void gradientsOfReferenceAreThoseOfItsOutputs(CellSpec cell) {
		for (boolean backwards : new boolean[] { false, true }) {
			CellCase c = new CellCase(cell, 3, 3, 4, true, backwards, 11);
			CellCase.Result result = c.reference(true);
			assertNumericGradient(c, c.parameters.w(), result.dW());
			assertNumericGradient(c, c.parameters.r(), result.dR());
			assertNumericGradient(c, c.parameters.b(), result.dB());
			assertNumericGradient(c, c.x, result.dx());
			assertNumericGradient(c, c.initial, result.dInitial());
		}
	}

	private static void assertNumericGradient(CellCase c, double[] variable, double[] gradient) {
		double h = 1e-5;
		for (int i = 0; i < variable.length; i++) {
			double value = variable[i];
			variable[i] = value + h;
			double up = objective(c);
			variable[i] = value - h;
			double down = objective(c);
			variable[i] = value;
			assertThat(gradient[i]).isCloseTo((up - down) / (2 * h), within(1e-8));
		}
	}

	private static double objective(CellCase c) {
		CellReference reference = c.cell.reference(c.inputs);
		reference.dropOut(c.dropout);
		double[] out = reference.forward(c.parameters, c.x, c.span, c.initial);
		double sum = 0;
		for (int i = 0; i < out.length; i++) {
			sum += out[i] * c.dOut[i];
		}
		return sum;
	}

	static Stream<CellSpec> cellsOfSeveralSizes() {
		return Stream.of(5, 17)
			.flatMap((units) -> Stream.concat(CellSamples.of(units).stream(),
					CellSamples.withRecurrences(units).stream()));
	}

	@ParameterizedTest
	@MethodSource("cellsOfSeveralSizes")
	void kernelAgreesWithReference(CellSpec cell) {
		for (boolean vectors : new boolean[] { true, false }) {
			kernelAgreesWithReference(cell, vectors);
		}
	}

	private static void kernelAgreesWithReference(CellSpec cell, boolean vectors) {
		try (CellKernel kernel = cell.kernel(7)) {
			if (!vectors) {
				kernel.withoutVectors();
			}
			for (int batch : new int[] { 1, 3, 9, 32, 48, 2 }) {
				for (int variant = 0; variant < 8; variant++) {
					boolean initial = (variant & 1) != 0;
					CellCase c = new CellCase(cell, 7, batch, 6 + variant % 3, (variant & 2) != 0, (variant & 4) != 0,
							batch);
					assertClose(c.kernel(kernel, initial), c.reference(initial));
				}
			}
		}
	}

	/** Each row's own last steps, however it is padded. */
	@ParameterizedTest
	@MethodSource("cellsOfSeveralSizes")
	void goesBackOverTheLastStepsOnly(CellSpec cell) {
		try (CellKernel kernel = cell.kernel(7)) {
			for (int batch : new int[] { 1, 3, 9 }) {
				for (int variant = 0; variant < 8; variant++) {
					boolean initial = (variant & 1) != 0;
					CellCase c = new CellCase(cell, 7, batch, 6, (variant & 2) != 0, (variant & 4) != 0, batch);
					for (int count : new int[] { 1, 4, 6 }) {
						CellCase.Result last = c.reference(initial, c.span.last(count));
						assertClose(c.kernel(kernel, initial, c.span.last(count)), last);
						for (int t = 0; t < 6; t++) {
							for (int row = 0; row < batch; row++) {
								int index = t * 7 * batch + row;
								boolean back = c.span.last(count).has(t, row);
								assertThat(last.dx()[index] != 0).isEqualTo(back);
							}
						}
					}
				}
			}
		}
	}

	private static void assertClose(CellCase.Result actual, CellCase.Result expected) {
		for (int k = 0; k < expected.all().length; k++) {
			double[] reference = expected.all()[k];
			double scale = Math.max(1, Arrays.stream(reference).map(Math::abs).max().orElse(0));
			assertThat(difference(actual.all()[k], reference)).isLessThan(1e-5 * scale);
		}
	}

	/** The largest; infinite where one is not a number. */
	private static double difference(double[] a, double[] b) {
		assertThat(a).hasSameSizeAs(b);
		double largest = 0;
		for (int i = 0; i < a.length; i++) {
			double difference = Math.abs(a[i] - b[i]);
			largest = Math.max(largest, Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference);
		}
		return largest;
	}

	@ParameterizedTest
	@MethodSource("cells")
	void stepByStepEqualsWhole(CellSpec cell) {
		for (int batch : new int[] { 1, 4 }) {
			CellCase c = new CellCase(cell, 3, batch, 6, false, false, 5);
			try (CellKernel kernel = cell.kernel(3)) {
				Steps x = c.steps(CellCase.floats(c.x), 3);
				Steps whole = c.steps(Floats.allocate(c.dOut.length), cell.units());
				Steps single = c.steps(Floats.allocate(c.dOut.length), cell.units());
				kernel.forward(c.weights(), x, whole, c.span, CellCase.floats(c.initial), false);
				float[] last = kernel.finalState();
				Floats state = CellCase.floats(c.initial);
				for (int t = 0; t < 6; t++) {
					kernel.forward(c.weights(), new Steps(x.memory(), x.at(t), x.stride()),
							new Steps(single.memory(), single.at(t), single.stride()), new Span(batch, 1, null, false),
							state, false);
					state = Floats.copyOf(kernel.finalState());
				}
				assertThat(CellCase.doubles(single.memory())).usingComparatorWithPrecision(1e-6)
					.containsExactly(CellCase.doubles(whole.memory()));
				assertThat(kernel.finalState()).usingComparatorWithPrecision(1e-6f).containsExactly(last);
			}
		}
	}

	@ParameterizedTest
	@MethodSource("cells")
	void paddedRowEqualsRowAlone(CellSpec cell) {
		for (boolean backwards : new boolean[] { false, true }) {
			CellCase c = new CellCase(cell, 3, 4, 6, true, backwards, 8);
			try (CellKernel kernel = cell.kernel(3)) {
				Steps out = c.steps(Floats.allocate(c.dOut.length), cell.units());
				kernel.forward(c.weights(), c.steps(CellCase.floats(c.x), 3), out, c.span, null, false);
				double[] together = CellCase.doubles(out.memory());
				float[] states = kernel.finalState();
				for (int row = 0; row < 4; row++) {
					int length = 0;
					while (length < 6 && c.span.has(length, row)) {
						length++;
					}
					double[] x = rowOf(c.x, 4, row, length * 3);
					Floats alone = Floats.allocate((long) length * cell.units());
					kernel.forward(c.weights(), new Steps(CellCase.floats(x), 0, 3), new Steps(alone, 0, cell.units()),
							new Span(1, length, null, backwards), null, false);
					assertThat(CellCase.doubles(alone)).usingComparatorWithPrecision(1e-6)
						.containsExactly(rowOf(together, 4, row, length * cell.units()));
					float[] state = kernel.finalState();
					for (int s = 0; s < state.length; s++) {
						assertThat(states[s * 4 + row]).isCloseTo(state[s], within(1e-6f));
					}
					for (int i = length * cell.units(); i < 6 * cell.units(); i++) {
						assertThat(together[i * 4 + row]).isZero();
					}
				}
			}
		}
	}

	private static double[] rowOf(double[] values, int batch, int row, int count) {
		double[] picked = new double[count];
		Arrays.setAll(picked, (i) -> values[i * batch + row]);
		return picked;
	}

	@ParameterizedTest
	@MethodSource("cells")
	void answersTheSameWhetherOrNotItKeepsItsPass(CellSpec cell) {
		for (int batch : new int[] { 1, 3 }) {
			CellCase c = new CellCase(cell, 3, batch, 5, batch > 1, false, 2);
			try (CellKernel kernel = cell.kernel(3)) {
				Steps x = c.steps(CellCase.floats(c.x), 3);
				Steps kept = c.steps(Floats.allocate(c.dOut.length), cell.units());
				Steps passing = c.steps(Floats.allocate(c.dOut.length), cell.units());
				kernel.forward(c.weights(), x, kept, c.span, CellCase.floats(c.initial), true);
				kernel.forward(c.weights(), x, passing, c.span, CellCase.floats(c.initial), false);
				assertThat(CellCase.doubles(passing.memory())).isEqualTo(CellCase.doubles(kept.memory()));
				assertThatThrownBy(() -> kernel.backward(c.weights(), c.weights(), x, kept, null, false, null, c.span))
					.isInstanceOf(IllegalStateException.class);
			}
		}
	}

	@Test
	void addsToInputGradientWhenAsked() {
		CellCase c = new CellCase(new Gru(5, true), 3, 3, 4, false, false, 3);
		try (CellKernel kernel = c.cell.kernel(3)) {
			double[] once = c.kernel(kernel, false).dx();
			for (int batch : new int[] { 3 }) {
				Steps x = c.steps(CellCase.floats(c.x), 3);
				Steps out = c.steps(Floats.allocate(c.dOut.length), 5);
				Steps dx = c.steps(CellCase.floats(once), 3);
				kernel.forward(c.weights(), x, out, c.span, null, true);
				kernel.backward(c.weights(), c.weights(), x, c.steps(CellCase.floats(c.dOut), 5), dx, true, null,
						c.span);
				double[] twice = Arrays.stream(once).map((value) -> 2 * value).toArray();
				assertThat(CellCase.doubles(dx.memory())).usingComparatorWithPrecision(1e-6).containsExactly(twice);
			}
		}
	}

}
