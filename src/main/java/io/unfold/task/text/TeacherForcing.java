package io.unfold.task.text;

import java.util.stream.IntStream;

import io.unfold.data.Packing;
import io.unfold.nn.decoding.Markers;
import io.unfold.nn.network.Sequences;
import io.unfold.nn.network.Targets;
import io.unfold.task.sequence.TokenEncoder;

/**
 * Texts that a decoder learns to write by reading the start token and then the true
 * tokens, and answering the true tokens and then the end token (Williams and Zipser 1989,
 * doi:10.1162/neco.1989.1.2.270).
 *
 * @param texts of the examples
 */
public record TeacherForcing(EncodedTexts texts, Markers markers) {

	/** Steps that the decoder reads, and answers, of an example. */
	public int steps(int example) {
		return this.texts.lengths()[example] + 1;
	}

	/** What the decoder reads. */
	public Sequences.Tokens inputs(int... examples) {
		int[] start = { this.markers.start() };
		return TokenEncoder
			.pack(IntStream.of(examples).mapToObj((i) -> joined(start, this.texts.ids().get(i))).toList());
	}

	/** What it should answer. */
	public Targets answers(int... examples) {
		int[] end = { this.markers.end() };
		return new Targets.Classes(
				Packing.ids(IntStream.of(examples).mapToObj((i) -> joined(this.texts.ids().get(i), end)).toList()));
	}

	private static int[] joined(int[] first, int[] second) {
		return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
	}

}
