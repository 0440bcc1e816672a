package io.unfold.nn.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Bounds on the gradient of a mini-batch, or of a window of it (of the mean loss per
 * target). With both, the value is bounded first, and then the norm of what is left.
 *
 * @param globalNorm the largest Euclidean norm of all gradients together; a larger
 * gradient g becomes g * globalNorm / |g| (Pascanu et al. 2013, arXiv:1211.5063). Null:
 * no bound
 * @param value the largest absolute value of each of its elements, which become
 * max(-value, min(value, g_i)) (Mikolov's thesis, 2012). Null: no bound
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GradientClipping(@Nullable Double globalNorm, @Nullable Double value) {

	public GradientClipping {
		if (globalNorm != null) {
			InvalidFieldException.requireBetween("globalNorm", globalNorm, 1e-6, 1e6);
		}
		if (value != null) {
			InvalidFieldException.requireBetween("value", value, 1e-6, 1e6);
		}
	}

	/** A bound on the norm alone. */
	@JsonCreator(mode = JsonCreator.Mode.DISABLED)
	public GradientClipping(@Nullable Double globalNorm) {
		this(globalNorm, null);
	}

	public static GradientClipping none() {
		return new GradientClipping(null, null);
	}

}
