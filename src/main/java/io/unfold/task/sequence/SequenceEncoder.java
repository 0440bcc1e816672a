package io.unfold.task.sequence;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.unfold.data.Sequence;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.StepInput;

/**
 * Turns sequences into what a network reads: fitted to the training part, stored with the
 * model.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
public sealed interface SequenceEncoder permits NumberEncoder, TokenEncoder {

	/** What the network reads at each step. */
	StepInput input();

	/**
	 * A sequence as the network reads it.
	 * @param pointer of the sequence, for errors
	 * @throws io.unfold.problem.InvalidRequestException when the sequence is not of the
	 * kind that the encoder was fitted to
	 */
	Encoded encode(Sequence sequence, String pointer);

	/** A padded batch of sequences that this encoder made. */
	Sequences batch(List<Encoded> rows);

	/** A sequence as the network reads it. */
	sealed interface Encoded permits NumberEncoder.Numbers, TokenEncoder.Ids {

		int steps();

	}

}
