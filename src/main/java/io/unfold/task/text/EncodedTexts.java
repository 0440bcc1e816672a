package io.unfold.task.text;

import java.nio.file.Path;
import java.util.List;

import io.unfold.data.Codecs;
import io.unfold.data.SpillingList;
import io.unfold.task.sequence.TokenEncoder;

/**
 * Texts as a network reads them, however many there are.
 *
 * @param ids [text][time], without start and end
 * @param lengths [text]
 */
public record EncodedTexts(List<int[]> ids, int[] lengths) {

	/**
	 * Encodes texts.
	 * @param pointer of each text, for errors
	 * @param scratch folder for what does not fit into the heap
	 */
	public static EncodedTexts of(List<String> texts, TokenEncoder encoder, String pointer, Path scratch) {
		List<int[]> ids = new SpillingList<>(scratch, Codecs.IDS);
		int[] lengths = new int[texts.size()];
		for (String text : texts) {
			int[] encoded = encoder.encode(text, pointer);
			lengths[ids.size()] = encoded.length;
			ids.add(encoded);
		}
		return new EncodedTexts(ids, lengths);
	}

	public int size() {
		return this.lengths.length;
	}

}
