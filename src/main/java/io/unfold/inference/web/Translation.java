package io.unfold.inference.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.task.translation.Translator;
import io.unfold.task.translation.Translator.Translated;
import org.jspecify.annotations.Nullable;

/**
 * The translation of a text.
 *
 * @param text the best one
 * @param score its mean log-probability per token
 * @param alternatives the next best ones, where they were asked for
 * @param alignment for each target token the weights of the source tokens, which sum to
 * 1, where they were asked for
 * @param sourceTokens the text as the model read it, beside the alignment
 * @param targetTokens the best translation as the model wrote it, beside the alignment
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Translation(String text, double score, @Nullable List<Alternative> alternatives,
		@Nullable List<float[]> alignment, @Nullable List<String> sourceTokens, @Nullable List<String> targetTokens) {

	/**
	 * @param found translations, best first
	 * @param alternatives how many besides the best to give
	 * @param aligned whether to give the alignment of the best
	 */
	static Translation of(List<Translated> found, int alternatives, boolean aligned) {
		Translated best = found.get(0);
		List<Alternative> others = (alternatives > 0) ? found.stream()
			.skip(1)
			.limit(alternatives)
			.map((other) -> new Alternative(other.text(), other.score()))
			.toList() : null;
		Translator.Alignment alignment = aligned ? best.alignment() : null;
		if (alignment == null) {
			return new Translation(best.text(), best.score(), others, null, null, null);
		}
		return new Translation(best.text(), best.score(), others, alignment.weights(), alignment.sourceTokens(),
				alignment.targetTokens());
	}

}
