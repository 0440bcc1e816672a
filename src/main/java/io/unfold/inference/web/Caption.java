package io.unfold.inference.web;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.task.captioning.Captioner;
import org.jspecify.annotations.Nullable;

/**
 * The caption of a feature vector.
 *
 * @param text the best one
 * @param score its mean log-probability per token
 * @param alternatives the next best ones, where they were asked for
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Caption(String text, double score, @Nullable List<Alternative> alternatives) {

	/**
	 * @param found captions, best first
	 * @param alternatives how many besides the best to give
	 */
	static Caption of(List<Captioner.Caption> found, int alternatives) {
		Captioner.Caption best = found.get(0);
		return new Caption(best.text(), best.score(),
				(alternatives > 0) ? found.stream()
					.skip(1)
					.limit(alternatives)
					.map((other) -> new Alternative(other.text(), other.score()))
					.toList() : null);
	}

}
