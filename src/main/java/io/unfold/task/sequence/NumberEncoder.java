package io.unfold.task.sequence;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.data.Normalizer;
import io.unfold.data.Packing;
import io.unfold.data.Sequence;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.StepInput;
import io.unfold.problem.InvalidRequestException;
import io.unfold.problem.Violation;

/**
 * Scales steps of numbers.
 *
 * @param normalizer fitted to the training part, one scale per feature
 */
@JsonTypeName("numbers")
public record NumberEncoder(Normalizer normalizer) implements SequenceEncoder {

	@Override
	public StepInput input() {
		return new StepInput.Values(this.normalizer.features());
	}

	@Override
	public Encoded encode(Sequence sequence, String pointer) {
		if (!(sequence instanceof Sequence.Numbers numbers)) {
			throw new InvalidRequestException(Violation.of(pointer, "must be steps of " + this.normalizer.features()
					+ " numbers, as those that the model is trained on"));
		}
		int features = this.normalizer.features();
		if (numbers.features() != features) {
			throw new InvalidRequestException(Violation.of(pointer,
					"has " + numbers.features() + " numbers at each step where the others have " + features));
		}
		float[][] scaled = this.normalizer.apply(numbers.steps());
		for (int t = 0; t < scaled.length; t++) {
			for (float value : scaled[t]) {
				if (!Float.isFinite(value)) {
					throw new InvalidRequestException(Violation.of(pointer + "/" + t,
							"is too far from the numbers that the model is trained on to be scaled"));
				}
			}
		}
		return new Numbers(scaled);
	}

	@Override
	public Sequences batch(List<Encoded> rows) {
		return pack(rows.stream().map((row) -> ((Numbers) row).values()).toList());
	}

	/**
	 * A padded batch.
	 * @param rows each [time][features]
	 */
	public static Sequences.Values pack(List<float[][]> rows) {
		return new Sequences.Values(rows.get(0)[0].length, Packing.values(rows),
				rows.stream().mapToInt((row) -> row.length).toArray());
	}

	/**
	 * @param values [time][features]
	 */
	public record Numbers(float[][] values) implements Encoded {

		@Override
		public int steps() {
			return this.values.length;
		}

	}

}
