package io.unfold.training;

import io.unfold.nn.network.TrainableNetwork.Pass;
import io.unfold.nn.network.Window;
import org.jspecify.annotations.Nullable;

/** Means over targets, and one over the steps of the optimizer. */
final class MeanLoss {

	private double sum;

	private long targets;

	private long right;

	private double norms;

	private int steps;

	void add(Pass pass, Window window) {
		this.sum += pass.loss() * window.targets();
		this.targets += window.targets();
		this.right += pass.right();
		if (window.targets() > 0) {
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
