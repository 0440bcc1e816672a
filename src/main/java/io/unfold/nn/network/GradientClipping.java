package io.unfold.nn.network;

import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on the gradient of a mini-batch (of the mean loss per target).
 *
 * @param globalNorm the largest Euclidean norm of all gradients together; a larger
 * gradient is scaled down to it (Pascanu et al. 2013, arXiv:1211.5063). Null: no bound
 */
public record GradientClipping(@Nullable Double globalNorm) {

	public GradientClipping {
		if (globalNorm != null) {
			InvalidFieldException.requireBetween("globalNorm", globalNorm, 1e-6, 1e6);
		}
	}

	public static GradientClipping none() {
		return new GradientClipping(null);
	}

}
