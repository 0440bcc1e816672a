package io.unfold.nn.cell;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One recurrent layer of a network: which cell, and how wide. A cell is a record that
 * builds its own arithmetic; nothing switches on its type.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "cell")
public sealed interface CellSpec permits SimpleRnn, Lstm, Gru, Reservoir {

	/** The largest number of units that a layer may have. */
	int MAX_UNITS = 8192;

	/** Size of the hidden state h. */
	int units();

	/** The sizes of the parameters and of the state. */
	CellShape shape();

	/** The fast arithmetic, for inputs of the given size. */
	CellKernel kernel(int inputs);

	/** The plain arithmetic in double precision, for inputs of the given size. */
	CellReference reference(int inputs);

	/**
	 * The value with which a bias begins.
	 * @param block which of the {@link CellShape#biases()} vectors of biases
	 */
	default float initialBias(int block) {
		return 0;
	}

}
