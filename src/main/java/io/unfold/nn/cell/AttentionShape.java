package io.unfold.nn.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * The sizes of attention and the places of its parameters in one block of memory. At each
 * step of a decoder the scores of the source's steps become weights by softmax, the
 * weights a context c = sum of weight * s, and context and h the answer tanh(W [c; h]).
 *
 * @param score what tells how well two steps suit each other
 * @param decoder size of h
 * @param encoder size of s
 * @param outputs size of the answer
 */
public record AttentionShape(AttentionScore score, int decoder, int encoder, int outputs) {

	/** Names the projection of the source, as a part. */
	public static final String KEYS = "K";

	/** Names the projection of the decoder's output, as a part. */
	public static final String QUERIES = "Q";

	/** Names the weights of the additive score, as a part. */
	public static final String SCORES = "v";

	/** Names what makes an answer of context and h, as a part. */
	public static final String OUTPUT = "W";

	public AttentionShape {
		if (!score.projectsSource() && decoder != encoder) {
			throw new IllegalArgumentException(
					"vectors of " + decoder + " and of " + encoder + " numbers have no product");
		}
	}

	/** With an answer of the size of h. */
	public AttentionShape(AttentionScore score, int decoder, int encoder) {
		this(score, decoder, encoder, decoder);
	}

	/** Size of keys and queries. */
	public int keys() {
		return this.decoder;
	}

	/** The parameters, in the order of the memory. */
	public List<Part> parts() {
		List<Part> parts = new ArrayList<>();
		if (this.score.projectsSource()) {
			add(parts, KEYS, this.encoder, keys());
		}
		if (this.score.projectsTarget()) {
			add(parts, QUERIES, this.decoder, keys());
			add(parts, SCORES, keys(), 1);
		}
		add(parts, OUTPUT, this.encoder + this.decoder, this.outputs);
		return parts;
	}

	private static void add(List<Part> parts, String name, int rows, int columns) {
		Part last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
		parts.add(new Part(name, rows, columns, (last != null) ? last.offset() + last.length() : 0));
	}

	/** Number of parameters. */
	public long length() {
		return parts().stream().mapToLong(Part::length).sum();
	}

	/** Where a part begins. */
	int at(String name) {
		return Math
			.toIntExact(parts().stream().filter((part) -> part.name().equals(name)).findFirst().orElseThrow().offset());
	}

	/**
	 * A matrix, column-major.
	 *
	 * @param offset where it begins
	 */
	public record Part(String name, int rows, int columns, long offset) {

		public long length() {
			return (long) this.rows * this.columns;
		}

	}

}
