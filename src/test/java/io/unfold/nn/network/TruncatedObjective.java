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

	/** The parameters that constants are computed with, by the graph's names. */
	private final Map<String, double[]> constant;

	TruncatedObjective(SequenceArchitecture architecture, Map<String, double[]> constant) {
		this.architecture = architecture;
		this.constant = constant;
	}

	/**
	 * The mean loss per target of a window.
	 * @param parameters that are learned
	 * @param before each part of the state before the window, [units][batch]; null: zeros
	 */
	double loss(Map<String, double[]> parameters, Window window, State before) {
		double loss = 0;
		int batch = window.batch().inputs().batch();
		for (int row = 0; row < batch; row++) {
			if (window.batch().inputs().lengths()[row] > 0) {
				loss += loss(parameters, window, before, row);
			}
		}
		return loss / window.targets();
	}

	private double loss(Map<String, double[]> parameters, Window window, State before, int row) {
		int steps = window.batch().inputs().lengths()[row];
		int cut = Math.max(0, steps - window.backward());
		double[][] states = states(before, row);
		double[] constants = run(this.constant, window, row, 0, steps, states.clone());
		double[][] atCut = states.clone();
		run(this.constant, window, row, 0, cut, atCut);
		double[] learned = run(parameters, window, row, cut, steps, atCut);
		int units = learned.length / (steps - cut);
		System.arraycopy(learned, 0, constants, cut * units, learned.length);
		double loss = 0;
		boolean everyStep = this.architecture.output().everyStep();
		for (int t = everyStep ? 0 : steps - 1; t < steps; t++) {
			double[] h = Arrays.copyOfRange(constants, t * units, (t + 1) * units);
			loss += loss(answer(parameters, h), window.batch(), row, everyStep ? t : 0);
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
			states[i] = new double[cell.shape().states() * cell.units()];
			for (int s = 0; s < cell.shape().states(); s++, part++) {
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
	private double[] run(Map<String, double[]> parameters, Window window, int row, int from, int to,
			double[][] states) {
		double[] x = inputs(parameters, window.batch().inputs(), row, from, to);
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
