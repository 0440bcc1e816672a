package io.unfold.nn.cell;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * Gated recurrent unit (Cho et al. 2014, arXiv:1406.1078): r, z = sigmoid(W x_t + U
 * h_(t-1) + b), h_t = (1 - z) * n + z * h_(t-1), where the candidate n is tanh(W x_t + r
 * * (U h_(t-1) + b')+ b) when the reset gate acts after the product (as in cuDNN, PyTorch
 * and Keras), and tanh(W x_t + U (r * h_(t-1)) + b) when it acts before it (as in the
 * paper).
 *
 * @param units size of h
 * @param resetAfter whether the reset gate acts after the product with the recurrent
 * weights; by default true
 */
@JsonTypeName("gru")
public record Gru(int units, boolean resetAfter) implements CellSpec {

	public Gru {
		InvalidFieldException.requireBetween("units", units, 1, MAX_UNITS);
	}

	@JsonCreator
	static Gru from(int units, @Nullable Boolean resetAfter) {
		return new Gru(units, resetAfter == null || resetAfter);
	}

}
