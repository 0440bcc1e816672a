package io.unfold.nn.cell;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;

/**
 * Long short-term memory with a forget gate and no peepholes (Hochreiter and Schmidhuber
 * 1997, doi:10.1162/neco.1997.9.8.1735; Gers et al. 2000): i, f, o = sigmoid(W x_t + U
 * h_(t-1) + b), g = tanh(W x_t + U h_(t-1) + b), c_t = f * c_(t-1) + i * g, h_t = o *
 * tanh(c_t). The forget gate's bias begins at 1.
 *
 * @param units size of h and of c
 */
@JsonTypeName("lstm")
public record Lstm(int units) implements CellSpec {

	public Lstm {
		InvalidFieldException.requireBetween("units", units, 1, MAX_UNITS);
	}

}
