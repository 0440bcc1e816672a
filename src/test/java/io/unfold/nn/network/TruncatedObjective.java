package io.unfold.nn.network;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

import io.unfold.nn.cell.CellReference;
import io.unfold.nn.cell.CellReference.Parameters;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Span;
import io.unfold.nn.network.Output.Kind;

/**
 * What truncated BPTT differentiates, as its definition reads and without a mask: row by
 * row, with every layer's outputs and states before a row's last k2 steps taken from
 * parameters that stay as they are. In double precision.
 */
final class TruncatedObjective {

	private final SequenceArchitecture architecture;

	private final Window window;

	/**
	 * The topmost layer's outputs of each row before its last steps; [row][steps *
	 * units].
	 */
	private final double[][] outputs;

	/** Each layer's state of each row before its last steps; [row][layer][state]. */
	private final double[][][] states;

	/**
	 * @param constant parameters that constants are computed with, by the graph's names
	 * @param before each part of the state before the window, [units][batch]; null: zeros
	 */
	TruncatedObjective(SequenceArchitecture architecture, Map<String, double[]> constant, Window window, State before) {
		this.architecture = architecture;
		this.window = window;
		int batch = window.batch().inputs().batch();
		this.outputs = new double[batch][];
		this.states = new double[batch][][];
		for (int row = 0; row < batch; row++) {
			this.states[row] = states(before, row);
			this.outputs[row] = run(constant, row, 0, cut(row), this.states[row]);
		}
	}

	/** Number of steps of a row that are constant. */
	private int cut(int row) {
		return Math.max(0, this.window.batch().inputs().lengths()[row] - this.window.backward());
	}

	/**
	 * The mean loss per target of the window.
	 * @param parameters that are learned, by the graph's names
	 */
	double loss(Map<String, double[]> parameters) {
		double loss = 0;
		for (int row = 0; row < this.states.length; row++) {
			if (this.window.batch().inputs().lengths()[row] > 0) {
				loss += loss(parameters, row);
			}
		}
		return loss / this.window.targets();
	}

	private double loss(Map<String, double[]> parameters, int row) {
		int steps = this.window.batch().inputs().lengths()[row];
		int cut = cut(row);
		double[] learned = run(parameters, row, cut, steps, this.states[row].clone());
		int units = learned.length / (steps - cut);
		double loss = 0;
		boolean everyStep = this.architecture.output().everyStep();
		for (int t = everyStep ? 0 : steps - 1; t < steps; t++) {
			double[] h = (t < cut) ? Arrays.copyOfRange(this.outputs[row], t * units, (t + 1) * units)
					: Arrays.copyOfRange(learned, (t - cut) * units, (t - cut + 1) * units);
			loss += loss(answer(parameters, h), this.window.batch(), row, everyStep ? t : 0);
		}
		return loss;
	}

	/** Each layer's starting state, of one row; zeros where there is none. */
	private double[][] states(State before, int row) {
		List<CellSpec> layers = this.architecture.stack().layers();
		double[][] states = new double[layers.size()][];
		int part = 0;
		for (int i = 0; i < states.length; i++) {
			CellSpec cell = layers.get(i);
			states[i] = new double[cell.states() * cell.units()];
			for (int s = 0; s < cell.states(); s++, part++) {
				for (int u = 0; before != null && u < cell.units(); u++) {
					states[i][s * cell.units() + u] = before.parts().get(part)[u * before.batch() + row];
				}
			}
		}
		return states;
	}

	/**
	 * The topmost layer's outputs, [time][units]; replaces the states by those after the
	 * last step.
	 */
	private double[] run(Map<String, double[]> parameters, int row, int from, int to, double[][] states) {
		double[] x = inputs(parameters, this.window.batch().inputs(), row, from, to);
		int size = this.architecture.features();
		for (int i = 0; i < states.length; i++) {
			CellSpec cell = this.architecture.stack().layers().get(i);
			String name = SequenceArchitecture.LAYER + i;
			CellReference reference = cell.reference(size);
			x = reference.forward(new Parameters(parameters.get(name + "_W"), parameters.get(name + "_R"),
					parameters.get(name + "_b")), x, new Span(1, to - from, null, false), states[i]);
			states[i] = reference.finalState();
			size = cell.units();
		}
		return x;
	}

	private double[] inputs(Map<String, double[]> parameters, Sequences inputs, int row, int from, int to) {
		int size = this.architecture.features();
		int batch = inputs.batch();
		double[] x = new double[(to - from) * size];
		for (int t = from; t < to; t++) {
			for (int k = 0; k < size; k++) {
				x[(t - from) * size + k] = (inputs instanceof Sequences.Values values)
						? values.data()[(t * size + k) * batch + row]
						: parameters.get("embedding_W")[((Sequences.Tokens) inputs).ids()[t * batch + row] * size + k];
			}
		}
		return x;
	}

	private double[] answer(Map<String, double[]> parameters, double[] h) {
		double[] w = parameters.get("output_W");
		double[] y = parameters.get("output_b").clone();
		for (int k = 0; k < y.length; k++) {
			for (int u = 0; u < h.length; u++) {
				y[k] += h[u] * w[k * h.length + u];
			}
		}
		return y;
	}

	private double loss(double[] y, Batch batch, int row, int t) {
		int rows = batch.inputs().batch();
		if (this.architecture.output().kind() == Kind.CLASSES) {
			double sum = 0;
			for (double logit : y) {
				sum += Math.exp(logit);
			}
			return Math.log(sum) - y[((Targets.Classes) batch.targets()).ids()[t * rows + row]];
		}
		double squares = 0;
		for (int k = 0; k < y.length; k++) {
			squares += Math.pow(y[k] - ((Targets.Values) batch.targets()).data()[(t * y.length + k) * rows + row], 2);
		}
		return squares / 2 / y.length;
	}

}
