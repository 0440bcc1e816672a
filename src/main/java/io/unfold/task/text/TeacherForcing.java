package io.unfold.task.text;

import java.util.List;
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
 * @param texts [example][time], without start and end
 */
public record TeacherForcing(List<int[]> texts, Markers markers) {

	/** Steps that the decoder reads, and answers, of an example. */
	public int steps(int example) {
		return this.texts.get(example).length + 1;
	}

	/** What the decoder reads. */
	public Sequences.Tokens inputs(int... examples) {
		int[] start = { this.markers.start() };
		return TokenEncoder.pack(IntStream.of(examples).mapToObj((i) -> joined(start, this.texts.get(i))).toList());
	}

	/** What it should answer. */
	public Targets answers(int... examples) {
		int[] end = { this.markers.end() };
		return new Targets.Classes(
				Packing.ids(IntStream.of(examples).mapToObj((i) -> joined(this.texts.get(i), end)).toList()));
	}

	private static int[] joined(int[] first, int[] second) {
		return IntStream.concat(IntStream.of(first), IntStream.of(second)).toArray();
	}

}
