package io.unfold.task;

import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How good a model is on data that it was not trained on.
 *
 * @param on which held-out part was used: validation or test
 * @param examples number of held-out examples
 * @param metrics figures by name
 * @param baseline the same figures for a naive answer to the same examples
 * @param skill share of the naive answer's error that the model does away with: 1 is
 * perfect, 0 is no better than naive; null where the naive answer makes no error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evaluation(String on, int examples, Map<String, Double> metrics, Baseline baseline,
		@Nullable Double skill) {

	/**
	 * An evaluation whose skill follows from two errors.
	 * @param error of the model
	 * @param naiveError of the baseline
	 */
	public static Evaluation of(String on, int examples, Map<String, Double> metrics, Baseline baseline, double error,
			double naiveError) {
		return new Evaluation(on, examples, metrics, baseline, (naiveError > 0) ? 1 - error / naiveError : null);
	}

	/**
	 * @param name what is answered, as in "seasonal naive"
	 * @param metrics figures by name
	 */
	public record Baseline(String name, Map<String, Double> metrics) {
	}

}
