package io.unfold.task.translation;

import org.jspecify.annotations.Nullable;

/**
 * How texts are to be translated.
 *
 * @param beamWidth beginnings that the search keeps, 1 for greedy search; null takes the
 * model's
 * @param lengthPenalty as in {@link io.unfold.nn.decoding.BeamSearch}; null takes the
 * model's
 * @param maxLength tokens of an answer at most, those of the glossary's terms not
 * counted; null takes the model's limit
 * @param glossary terms whose translations are prescribed
 */
public record TranslationOptions(@Nullable Integer beamWidth, @Nullable Double lengthPenalty,
		@Nullable Integer maxLength, Glossary glossary) {

	/** The model's own, without a glossary. */
	public static final TranslationOptions STANDARD = new TranslationOptions(null, null, null, Glossary.EMPTY);

}
