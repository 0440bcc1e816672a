package io.unfold.nn.cell;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;

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

	/** How the state comes back; null: as it is, one step later. */
	@Nullable Recurrence recurrence();

	/** The sizes of the parameters and of the state of one step. */
	CellShape shape();

	/** {@link #recurrence()}, or the plain one. */
	default Recurrence recurrenceOrPlain() {
		Recurrence recurrence = recurrence();
		return (recurrence != null) ? recurrence : Recurrence.PLAIN;
	}

	/** Vectors of [units] that go from step to step, the last step's first. */
	default int states() {
		return shape().states() * recurrenceOrPlain().window();
	}

	/** Rows of W: the inputs and, where an earlier h is one, its units. */
	default int rows(int inputs) {
		return (recurrenceOrPlain().skip() != null) ? inputs + units() : inputs;
	}

	/** Number of parameters. */
	default long parameters(int inputs) {
		return (long) shape().gates() * units() * ((long) rows(inputs) + units()) + (long) shape().biases() * units();
	}

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
