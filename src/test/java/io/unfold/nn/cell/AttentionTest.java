package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** What holds for attention by every score. */
class AttentionTest {

	private static final int DECODER = 5;

	private static final int OUTPUTS = 2;

	/** A batch for attention, and what its answers' gradient is. */
	private static final class Case {

		final AttentionShape shape;

		final int[] lengths;

		final int steps;

		final int sourceSteps;

		final double[] parameters;

		final double[] h;

		final double[] source;

		final double[] dOut;

		Case(AttentionScore score, int steps, int... lengths) {
			this.shape = new AttentionShape(score, DECODER, score.projectsSource() ? 3 : DECODER, OUTPUTS);
			this.lengths = lengths;
			this.steps = steps;
			this.sourceSteps = Arrays.stream(lengths).max().orElseThrow();
			Random random = new Random(7);
			this.parameters = numbers(random, Math.toIntExact(this.shape.length()));
			this.h = numbers(random, steps * DECODER * lengths.length);
			this.source = numbers(random, this.sourceSteps * this.shape.encoder() * lengths.length);
			this.dOut = numbers(random, steps * OUTPUTS * lengths.length);
		}

		private static double[] numbers(Random random, int count) {
			return random.doubles(count, -1, 1).toArray();
		}

		double objective() {
			double[] out = new AttentionReference(this.shape).forward(this.parameters, this.h, this.source,
					this.lengths);
			double sum = 0;
			for (int i = 0; i < out.length; i++) {
				sum += out[i] * this.dOut[i];
			}
			return sum;
		}

		Result reference() {
			AttentionReference reference = new AttentionReference(this.shape);
			Result result = new Result(reference.forward(this.parameters, this.h, this.source, this.lengths),
					new double[this.parameters.length], new double[this.h.length], new double[this.source.length]);
			reference.backward(this.dOut, result.gradients, result.dH, result.dSource);
			return result;
		}

		Result kernel(AttentionKernel kernel) {
			int batch = this.lengths.length;
			Floats parameters = floats(this.parameters);
			Steps out = steps(new double[this.dOut.length], batch * OUTPUTS);
			Steps dH = steps(new double[this.h.length], batch * DECODER);
			Steps dSource = steps(new double[this.source.length], batch * this.shape.encoder());
			Floats gradients = floats(this.parameters);
			kernel.forward(parameters, steps(this.h, batch * DECODER), this.steps,
					steps(this.source, batch * this.shape.encoder()), this.sourceSteps, this.lengths, out);
			kernel.backward(parameters, steps(this.dOut, batch * OUTPUTS), gradients, dH, dSource);
			return new Result(doubles(out.memory()), doubles(gradients), doubles(dH.memory()),
					doubles(dSource.memory()));
		}

		private static Steps steps(double[] values, long stride) {
			return new Steps(floats(values), 0, stride);
		}

		private static Floats floats(double[] values) {
			float[] floats = new float[values.length];
			for (int i = 0; i < floats.length; i++) {
				floats[i] = (float) values[i];
			}
			return Floats.copyOf(floats);
		}

		private static double[] doubles(Floats floats) {
			float[] values = new float[Math.toIntExact(floats.length())];
			floats.get(0, values, 0, values.length);
			double[] doubles = new double[values.length];
			for (int i = 0; i < doubles.length; i++) {
				doubles[i] = values[i];
			}
			return doubles;
		}

	}

	private record Result(double[] out, double[] gradients, double[] dH, double[] dSource) {
	}

	@ParameterizedTest
	@EnumSource(AttentionScore.class)
	void gradientsOfReferenceAreThoseOfItsAnswers(AttentionScore score) {
		Case c = new Case(score, 3, 4, 1, 2);
		Result result = c.reference();
		assertNumericGradient(c, c.parameters, result.gradients);
		assertNumericGradient(c, c.h, result.dH);
		assertNumericGradient(c, c.source, result.dSource);
	}

	private static void assertNumericGradient(Case c, double[] variable, double[] gradient) {
		double step = 1e-5;
		for (int i = 0; i < variable.length; i++) {
			double value = variable[i];
			variable[i] = value + step;
			double up = c.objective();
			variable[i] = value - step;
			double down = c.objective();
			variable[i] = value;
			assertThat(gradient[i]).isCloseTo((up - down) / (2 * step), within(1e-8));
		}
	}

	@ParameterizedTest
	@EnumSource(AttentionScore.class)
	void kernelAgreesWithReference(AttentionScore score) {
		try (AttentionKernel kernel = new AttentionKernel(new Case(score, 1, 1).shape)) {
			for (Case c : new Case[] { new Case(score, 3, 4, 1, 2), new Case(score, 9, 17, 5, 17, 16, 1, 30),
					new Case(score, 1, 6), new Case(score, 5, 1), new Case(score, 1, 2, 3) }) {
				Result expected = c.reference();
				Result found = c.kernel(kernel);
				assertClose(found.out, expected.out);
				assertClose(found.gradients, expected.gradients);
				assertClose(found.dH, expected.dH);
				assertClose(found.dSource, expected.dSource);
			}
		}
	}

	private static void assertClose(double[] found, double[] expected) {
		assertThat(found).hasSameSizeAs(expected);
		for (int i = 0; i < found.length; i++) {
			assertThat(found[i]).isCloseTo(expected[i], within(2e-5));
		}
	}

	@ParameterizedTest
	@EnumSource(AttentionScore.class)
	void whatIsInThePaddingChangesNothing(AttentionScore score) {
		Case clean = new Case(score, 3, 4, 1, 2);
		Case dirty = new Case(score, 3, 4, 1, 2);
		for (int i = 0; i < dirty.source.length; i++) {
			int row = i % 3;
			if (i / (3 * dirty.shape.encoder()) >= dirty.lengths[row]) {
				dirty.source[i] = 1000;
			}
		}
		try (AttentionKernel kernel = new AttentionKernel(clean.shape)) {
			Result expected = clean.kernel(kernel);
			Result found = dirty.kernel(kernel);
			assertThat(found.out).isEqualTo(expected.out);
			assertThat(found.gradients).isEqualTo(expected.gradients);
			assertThat(found.dSource).isEqualTo(expected.dSource);
			for (int i = 0; i < found.dSource.length; i++) {
				if (i / (3 * dirty.shape.encoder()) >= dirty.lengths[i % 3]) {
					assertThat(found.dSource[i]).isZero();
				}
			}
		}
	}

	@Test
	void dotNeedsVectorsOfOneSize() {
		assertThatThrownBy(() -> new AttentionShape(AttentionScore.DOT, 4, 8, 4))
			.isInstanceOf(IllegalArgumentException.class);
		assertThat(new AttentionShape(AttentionScore.GENERAL, 4, 8, 3).length()).isEqualTo(8 * 4 + 12 * 3);
	}

}
