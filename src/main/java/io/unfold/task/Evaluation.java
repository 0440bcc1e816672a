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
 * @param details what else there is to say, depending on the task; null: nothing
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Evaluation(String on, int examples, Map<String, Double> metrics, Baseline baseline,
		@Nullable Double skill, @Nullable Object details) {

	/** An evaluation of which there is no more to say. */
	public Evaluation(String on, int examples, Map<String, Double> metrics, Baseline baseline, @Nullable Double skill) {
		this(on, examples, metrics, baseline, skill, null);
	}

	/**
	 * An evaluation whose skill follows from two errors.
	 * @param error of the model
	 * @param naiveError of the baseline
	 */
	public static Evaluation of(String on, int examples, Map<String, Double> metrics, Baseline baseline, double error,
			double naiveError) {
		return new Evaluation(on, examples, metrics, baseline, skill(error, naiveError));
	}

	/** The skill that follows from the errors of a model and of a naive answer. */
	public static @Nullable Double skill(double error, double naiveError) {
		return (naiveError > 0) ? 1 - error / naiveError : null;
	}

	/** The same with details. */
	public Evaluation with(Object details) {
		return new Evaluation(this.on, this.examples, this.metrics, this.baseline, this.skill, details);
	}

	/**
	 * @param name what is answered, as in "seasonal naive"
	 * @param metrics figures by name
	 */
	public record Baseline(String name, Map<String, Double> metrics) {
	}

}
