package io.unfold.nn.network;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.cell.Reservoir;
import io.unfold.nn.linear.LinearMap;

/** The parameters of a network of reservoirs, by the names that every network has. */
final class ReservoirParameters {

	private ReservoirParameters() {
	}

	/**
	 * All but the output layer's, drawn from the seed. A token's vector has the length 1
	 * and a random direction, so that input weights weigh as if each token were an input
	 * of its own.
	 */
	static Tensors draw(SequenceArchitecture architecture, long seed) {
		SplittableRandom random = new SplittableRandom(seed);
		Map<String, Tensor> tensors = new LinkedHashMap<>();
		int inputs = architecture.features();
		if (architecture.input() instanceof StepInput.Tokens tokens) {
			tensors.put(SequenceArchitecture.EMBEDDING + ".W", new Tensor(new int[] { inputs, tokens.vocabulary() },
					directions(inputs, tokens.vocabulary(), random)));
		}
		boolean bidirectional = architecture.stack().bidirectional();
		int layer = 0;
		for (CellSpec cell : architecture.stack().layers()) {
			int units = cell.units();
			for (int d = 0; d < (bidirectional ? 2 : 1); d++) {
				String name = SequenceArchitecture.LAYER + layer + ((d > 0) ? ".back" : ".");
				Reservoir.Drawn drawn = ((Reservoir) cell).draw(inputs, random);
				tensors.put(name + "W", new Tensor(new int[] { inputs, units }, drawn.w()));
				tensors.put(name + "R", new Tensor(new int[] { units, units }, drawn.r()));
				tensors.put(name + "b", new Tensor(new int[] { units }, drawn.b()));
			}
			inputs = bidirectional ? 2 * units : units;
			layer++;
		}
		return new Tensors(tensors);
	}

	private static float[] directions(int size, int count, SplittableRandom random) {
		float[] vectors = new float[size * count];
		double[] vector = new double[size];
		for (int i = 0; i < count; i++) {
			double squares = 0;
			for (int k = 0; k < size; k++) {
				vector[k] = gaussian(random);
				squares += vector[k] * vector[k];
			}
			for (int k = 0; k < size; k++) {
				vectors[i * size + k] = (float) (vector[k] / Math.sqrt(squares));
			}
		}
		return vectors;
	}

	/** Box and Muller's: of two uniform numbers, of which the first is not 0. */
	private static double gaussian(SplittableRandom random) {
		return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
	}

	/** Those and the output layer's. */
	static Tensors with(Tensors reservoirs, LinearMap output) {
		Map<String, Tensor> tensors = new LinkedHashMap<>(reservoirs.byName());
		tensors.put(SequenceArchitecture.OUTPUT + ".W",
				new Tensor(new int[] { output.inputs(), output.outputs() }, floats(output.weights())));
		tensors.put(SequenceArchitecture.OUTPUT + ".b",
				new Tensor(new int[] { output.outputs() }, floats(output.biases())));
		return new Tensors(tensors);
	}

	private static float[] floats(double[] values) {
		float[] floats = new float[values.length];
		for (int i = 0; i < values.length; i++) {
			floats[i] = (float) values[i];
			if (!Float.isFinite(floats[i])) {
				throw new UnsolvableException("a weight of the readout became " + values[i]
						+ ", which is too large: a larger readout.ridge may help");
			}
		}
		return floats;
	}

}
