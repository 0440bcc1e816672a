package io.unfold.task.sequence;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.unfold.data.Codecs;
import io.unfold.data.Sequence;
import io.unfold.data.SpillingList.Codec;
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

		/** How they are written to files. */
		Codec<Encoded> CODEC = new Codec<>() {

			@Override
			public long heapBytes(Encoded encoded) {
				return (encoded instanceof NumberEncoder.Numbers numbers) ? Codecs.FLOATS.heapBytes(numbers.values())
						: Codecs.IDS.heapBytes(((TokenEncoder.Ids) encoded).ids());
			}

			@Override
			public void write(Encoded encoded, DataOutput out) throws IOException {
				if (encoded instanceof NumberEncoder.Numbers numbers) {
					out.writeBoolean(true);
					Codecs.FLOATS.write(numbers.values(), out);
				}
				else {
					out.writeBoolean(false);
					Codecs.IDS.write(((TokenEncoder.Ids) encoded).ids(), out);
				}
			}

			@Override
			public Encoded read(DataInput in) throws IOException {
				return in.readBoolean() ? new NumberEncoder.Numbers(Codecs.FLOATS.read(in))
						: new TokenEncoder.Ids(Codecs.IDS.read(in));
			}

		};

	}

}
