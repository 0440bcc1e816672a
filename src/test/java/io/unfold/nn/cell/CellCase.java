package io.unfold.nn.cell;

import java.util.Arrays;
import java.util.Random;

/**
 * A cell with random parameters and a random batch of sequences, run by the reference and
 * by the kernel.
 */
final class CellCase {

	final CellSpec cell;

	final int inputs;

	final Span span;

	final CellReference.Parameters parameters;

	final double[] x;

	final double[] dOut;

	final double[] initial;

	/** What recurrent dropout multiplies h by; null where the cell has none. */
	final double[] dropout;

	CellCase(CellSpec cell, int inputs, int batch, int steps, boolean masked, boolean backwards, long seed) {
		this.cell = cell;
		this.inputs = inputs;
		Random random = new Random(seed);
		int units = cell.units();
		CellShape shape = cell.shape();
		this.parameters = new CellReference.Parameters(
				uniform(random, cell.rows(inputs) * shape.gates() * units, 1 / Math.sqrt(inputs)),
				uniform(random, units * shape.gates() * units, 1 / Math.sqrt(units)),
				uniform(random, shape.biases() * units, 0.5));
		this.x = uniform(random, steps * inputs * batch, 1);
		this.dOut = uniform(random, steps * units * batch, 1);
		this.initial = uniform(random, cell.states() * units * batch, 1);
		double dropout = cell.recurrenceOrPlain().dropout();
		this.dropout = (dropout > 0) ? random.doubles((long) units * batch)
			.map((value) -> (value < dropout) ? 0 : (float) (1 / (1 - dropout)))
			.toArray() : null;
		float[] mask = null;
		if (masked) {
			mask = new float[steps * batch];
			for (int row = 0; row < batch; row++) {
				int length = (row == 0) ? steps : 1 + random.nextInt(steps);
				for (int t = 0; t < length; t++) {
					mask[t * batch + row] = 1;
				}
			}
		}
		this.span = new Span(batch, steps, mask, backwards);
	}

	private static double[] uniform(Random random, int count, double range) {
		return random.doubles(count, -range, range).map((value) -> (float) value).toArray();
	}

	CellReference.Parameters zeroParameters() {
		return new CellReference.Parameters(new double[this.parameters.w().length],
				new double[this.parameters.r().length], new double[this.parameters.b().length]);
	}

	/** Outputs and gradients of everything, by the reference. */
	Result reference(boolean withInitial) {
		return reference(withInitial, this.span);
	}

	/**
	 * The same, going back as far as another span does.
	 */
	Result reference(boolean withInitial, Span back) {
		CellReference reference = this.cell.reference(this.inputs);
		reference.dropOut(this.dropout);
		double[] out = reference.forward(this.parameters, this.x, this.span, withInitial ? this.initial : null);
		CellReference.Parameters gradients = zeroParameters();
		double[] dInitial = new double[this.initial.length];
		double[] dx = reference.backward(this.parameters, gradients, this.x, this.dOut, back, dInitial);
		return new Result(out, gradients.w(), gradients.r(), gradients.b(), dx, dInitial);
	}

	/** The same by the kernel. */
	Result kernel(CellKernel kernel, boolean withInitial) {
		return kernel(kernel, withInitial, this.span);
	}

	/** The same, going back as far as another span does. */
	Result kernel(CellKernel kernel, boolean withInitial, Span back) {
		Weights weights = weights();
		Weights gradients = new Weights(Floats.allocate(this.parameters.w().length),
				Floats.allocate(this.parameters.r().length), Floats.allocate(this.parameters.b().length));
		Steps in = steps(floats(this.x), this.inputs);
		Steps out = steps(Floats.allocate(this.dOut.length), this.cell.units());
		Steps dOut = steps(floats(this.dOut), this.cell.units());
		double[] garbage = new double[this.x.length];
		Arrays.fill(garbage, Double.NaN);
		Steps dx = steps(floats(garbage), this.inputs);
		Floats dInitial = Floats.allocate(this.initial.length);
		kernel.dropOut((this.dropout != null) ? floatArray(this.dropout) : null);
		kernel.forward(weights, in, out, this.span, withInitial ? floats(this.initial) : null, true);
		kernel.backward(weights, gradients, in, dOut, dx, false, dInitial, back);
		return new Result(doubles(out.memory()), doubles(gradients.w()), doubles(gradients.r()), doubles(gradients.b()),
				doubles(dx.memory()), doubles(dInitial));
	}

	Weights weights() {
		return new Weights(floats(this.parameters.w()), floats(this.parameters.r()), floats(this.parameters.b()));
	}

	Steps steps(Floats memory, int features) {
		return new Steps(memory, 0, (long) features * this.span.batch());
	}

	static Floats floats(double[] values) {
		return Floats.copyOf(floatArray(values));
	}

	private static float[] floatArray(double[] values) {
		float[] floats = new float[values.length];
		for (int i = 0; i < values.length; i++) {
			floats[i] = (float) values[i];
		}
		return floats;
	}

	static double[] doubles(Floats floats) {
		float[] values = new float[(int) floats.length()];
		floats.get(0, values, 0, values.length);
		double[] doubles = new double[values.length];
		Arrays.setAll(doubles, (i) -> values[i]);
		return doubles;
	}

	record Result(double[] out, double[] dW, double[] dR, double[] dB, double[] dx, double[] dInitial) {

		double[][] all() {
			return new double[][] { this.out, this.dW, this.dR, this.dB, this.dx, this.dInitial };
		}

	}

}
