package io.unfold.nn.cell;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;

/**
 * The simple (Elman) cell: h_t = tanh(W x_t + U h_(t-1) + b) (Elman 1990,
 * doi:10.1207/s15516709cog1402_1).
 *
 * @param units size of h
 */
@JsonTypeName("simple")
public record SimpleRnn(int units) implements CellSpec {

	public SimpleRnn {
		InvalidFieldException.requireBetween("units", units, 1, MAX_UNITS);
	}

}
