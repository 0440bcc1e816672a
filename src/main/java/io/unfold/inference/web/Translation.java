package io.unfold.inference.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.task.translation.Translator.Translated;
import org.jspecify.annotations.Nullable;

/**
 * The translation of a text.
 *
 * @param text the best one
 * @param score its mean log-probability per token
 * @param alternatives the next best ones, where they were asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Translation(String text, double score, @Nullable List<Translated> alternatives) {

	/**
	 * @param found translations, best first
	 * @param alternatives how many besides the best to give
	 */
	static Translation of(List<Translated> found, int alternatives) {
		Translated best = found.get(0);
		return new Translation(best.text(), best.score(),
				(alternatives > 0) ? found.stream().skip(1).limit(alternatives).toList() : null);
	}

}
