package io.unfold.training;

import io.unfold.nn.network.TrainableNetwork.Pass;
import org.jspecify.annotations.Nullable;

/** Means over targets, and one over the steps of the optimizer. */
final class MeanLoss {

	private double sum;

	private long targets;

	private long right;

	private double norms;

	private int steps;

	void add(Pass pass, int targets) {
		this.sum += pass.loss() * targets;
		this.targets += targets;
		this.right += pass.right();
		if (targets > 0) {
			this.norms += pass.gradientNorm();
			this.steps++;
		}
	}

	/** Whether there is any target yet. */
	boolean any() {
		return this.targets > 0;
	}

	double mean() {
		return this.sum / this.targets;
	}

	@Nullable Double meanOrNull() {
		return any() ? mean() : null;
	}

	/** Share of the targets whose likeliest class was the right one. */
	@Nullable Double accuracyOrNull() {
		return any() ? (double) this.right / this.targets : null;
	}

	double meanNorm() {
		return this.norms / this.steps;
	}

}
