package io.unfold.nn.decoding;

import java.util.BitSet;
import java.util.List;

/**
 * The phrases that the rows of a search must write.
 *
 * @param rows for each row its phrases, none for many; empty where no row has any
 * @param runOn tokens that go on with the word before them, if that is not at its end
 * @param endOpen tokens after which a word is not at its end
 * @param separator token that ends a word; needed where phrases run on
 */
public record Constraints(List<List<Phrase>> rows, BitSet runOn, BitSet endOpen, int separator) {

	/** No row has a phrase. */
	public static final Constraints NONE = new Constraints(List.of(), new BitSet(), new BitSet(), -1);

	List<Phrase> of(int row) {
		return this.rows.isEmpty() ? List.of() : this.rows.get(row);
	}

}
