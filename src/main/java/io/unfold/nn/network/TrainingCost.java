package io.unfold.nn.network;

import io.unfold.nn.cell.CellSpec;

/**
 * What a training step takes, counted layer by layer for a mini-batch padded to its
 * longest row.
 */
final class TrainingCost {

	private long floats;

	private double flops;

	/**
	 * Recurrent layers: what the kernels keep of every step (up to five blocks and two
	 * states), and the outputs, the gradients and a copy of each in DL4J's workspaces.
	 */
	TrainingCost stack(StackSpec stack, int features, long batch, long steps) {
		int inputs = features;
		int directions = stack.bidirectional() ? 2 : 1;
		for (CellSpec cell : stack.layers()) {
			long units = cell.units();
			long weights = cell.shape().gates() * units * (inputs + units);
			this.flops += 6.0 * weights * batch * steps * directions;
			this.floats += directions * batch * units * (steps + 1) * (5 + cell.shape().states());
			this.floats += 4 * batch * steps * (inputs + directions * units);
			inputs = (int) (directions * units);
		}
		return this;
	}

	/** A dense layer, with what softmax and loss keep: labels, logits and copies. */
	TrainingCost dense(long inputs, long outputs, long rows) {
		this.flops += 6.0 * inputs * outputs * rows;
		this.floats += rows * (10 * outputs + 4 * inputs);
		return this;
	}

	TrainingCost embedding(long size, long rows) {
		this.floats += 6 * size * rows;
		return this;
	}

	double flops() {
		return this.flops;
	}

	/**
	 * Upper estimate of the memory, in bytes: parameters, gradients, two moments each and
	 * two copies (for a checkpoint), and the activations, for which DL4J's workspaces
	 * hold in reserve what the largest batch took.
	 */
	long bytes(long parameters) {
		return Float.BYTES * (6 * parameters + this.floats + this.floats / 2) + 64L * 1024 * 1024;
	}

}
