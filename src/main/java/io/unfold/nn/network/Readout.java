package io.unfold.nn.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * How the output layer above reservoirs is trained: by ridge regression in closed form.
 *
 * @param ridge what is added to the diagonal of X'X, the sums over all steps that count
 * of the products of the units' states: the penalty on the squared weights. By default
 * 1e-6
 */
public record Readout(double ridge) {

	public Readout {
		InvalidFieldException.requireBetween("ridge", ridge, 0.0, 1e12);
	}

	@JsonCreator
	static Readout from(@Nullable Double ridge) {
		return new Readout((ridge != null) ? ridge : 1e-6);
	}

	/** The default of every field. */
	public static Readout standard() {
		return from(null);
	}

}
