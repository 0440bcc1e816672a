package io.unfold.nn.network;

import io.unfold.nn.cell.AttentionShape;
import io.unfold.nn.cell.CellSpec;
import io.unfold.nn.linear.RidgeRegression;

/**
 * What a training step takes, counted layer by layer for a mini-batch, or a window of
 * one, padded to its longest row.
 */
final class TrainingCost {

	/** Rows that an output layer takes together at least. */
	private static final int PORTION = 128;

	private long floats;

	private double flops;

	/**
	 * Recurrent layers: what the kernels keep of every step, and the inputs and outputs
	 * with their gradients and a copy each.
	 */
	TrainingCost stack(StackSpec stack, int features, long batch, long steps) {
		long inputs = features;
		int directions = stack.bidirectional() ? 2 : 1;
		for (CellSpec cell : stack.layers()) {
			long units = cell.units();
			long outputs = directions * units;
			this.flops += 6.0 * cell.shape().gates() * outputs * (cell.rows(Math.toIntExact(inputs)) + units) * batch
					* steps;
			this.floats += outputs * batch * (steps + 1) * (cell.shape().blocks() + cell.shape().states() + 2);
			this.floats += 3 * batch * steps * (inputs + outputs);
			inputs = outputs;
		}
		return this;
	}

	/**
	 * Reservoirs, which are only run forward, in one direction a piece at a time; the
	 * inputs are held three times.
	 */
	TrainingCost reservoirs(StackSpec stack, int features, long batch, long steps) {
		long inputs = features;
		int directions = stack.bidirectional() ? 2 : 1;
		for (CellSpec cell : stack.layers()) {
			long outputs = directions * (long) cell.units();
			long held = stack.bidirectional() ? steps : ReservoirStates.together(batch, outputs, steps);
			this.flops += 2.0 * outputs * (inputs + cell.units()) * batch * steps;
			this.floats += batch * (held + 1) * (inputs + 2 * outputs);
			inputs = outputs;
		}
		this.floats += 3L * features * batch * steps;
		return this;
	}

	/** A regression on that many inputs and examples. */
	TrainingCost regression(long inputs, long outputs, long examples) {
		this.flops += (double) inputs * (inputs + 2 * outputs) * examples;
		this.floats += RidgeRegression.bytes(inputs, outputs) / Float.BYTES + 2 * outputs * examples;
		return this;
	}

	/** A dense layer; of its answers only a portion's are ever kept. */
	TrainingCost dense(long inputs, long outputs, long batch, long steps) {
		this.flops += 6.0 * inputs * outputs * batch * steps;
		this.floats += 2 * inputs * batch * steps + 4 * outputs * Math.max(batch, PORTION);
		return this;
	}

	/** The dense layers that make a decoder's starting states. */
	TrainingCost startingStates(StackSpec decoder, long inputs, long batch) {
		decoder.layers().forEach((cell) -> dense(inputs, (long) cell.states() * cell.units(), batch, 1));
		return this;
	}

	/**
	 * Attention: its kernel's rows with their gradients, and inputs and outputs with
	 * theirs.
	 */
	TrainingCost attention(AttentionShape shape, long batch, long steps, long sourceSteps) {
		long d = shape.decoder();
		long e = shape.encoder();
		long keys = shape.score().projectsSource() ? shape.keys() : 0;
		long queries = shape.score().projectsTarget() ? shape.keys() : 0;
		// a hyperbolic tangent for each number of each pair of steps, twice
		double score = shape.score().projectsTarget() ? 60.0 * shape.keys() : 6.0 * shape.keys();
		this.flops += (double) batch * (6.0 * keys * e * sourceSteps + 6.0 * queries * d * steps
				+ (score + 6.0 * e) * steps * sourceSteps + 6.0 * (e + d) * shape.outputs() * steps);
		this.floats += batch * (steps * (4 * d + 4L * shape.outputs() + 2 * e + 2 * queries)
				+ sourceSteps * (4 * e + 2 * keys) + steps * sourceSteps);
		this.floats += 3 * steps * sourceSteps + 2 * queries * (steps + 2 * sourceSteps);
		return this;
	}

	/** Whole sequences from which windows are cut. */
	TrainingCost sequences(StepInput input, long batch, long steps) {
		this.floats += batch * steps * ((input instanceof StepInput.Values values) ? values.features() : 1);
		return this;
	}

	double flops() {
		return this.flops;
	}

	/**
	 * Upper estimate of the memory, in bytes: parameters, gradients and two moments;
	 * twice their number again for a checkpoint and the best so far, on the way to a
	 * file; and the activations, of which DL4J's workspaces hold some in reserve.
	 */
	long bytes(long parameters) {
		return Float.BYTES * (12 * parameters + this.floats + this.floats / 3) + 64L * 1024 * 1024;
	}

}
