package io.unfold.nn.cell;

import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** One recurrent layer of a network: which cell, and how wide. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "cell")
public sealed interface CellSpec permits SimpleRnn, Lstm, Gru {

	/** The largest number of units that a layer may have. */
	int MAX_UNITS = 8192;

	/** Size of the hidden state h. */
	int units();

}
