package io.unfold.nn.network;

import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Bounds on the gradient of a mini-batch, or of a window of it (of the mean loss per
 * target).
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

	/**
	 * Scales a gradient, and bounds it.
	 * @param scale of the gradient that is bounded
	 * @return whether the gradient was finite; when not, it is left as it is
	 */
	boolean apply(INDArray gradient, double scale) {
		double norm = gradient.norm2Number().doubleValue() * scale;
		if (!Double.isFinite(norm)) {
			return false;
		}
		double shrink = (this.globalNorm != null && norm > this.globalNorm) ? this.globalNorm / norm : 1;
		gradient.muli(shrink * scale);
		return true;
	}

}
