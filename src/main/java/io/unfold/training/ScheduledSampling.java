package io.unfold.training;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * In training a decoder reads its own previous prediction, rather than the true token,
 * with a probability that rises in a straight line from 0 (Bengio et al. 2015,
 * arXiv:1506.03099). Predictions are those of a first pass that reads the truth alone, so
 * that all steps are still taken at once.
 *
 * @param probability in the end, by default 0.25
 * @param ramp share of the training after which it is that, by default 1: at its end
 */
public record ScheduledSampling(double probability, double ramp) {

	public ScheduledSampling {
		InvalidFieldException.requireBetween("probability", probability, 0.0, 1.0);
		InvalidFieldException.requireBetween("ramp", ramp, 0.0, 1.0);
	}

	@JsonCreator
	static ScheduledSampling from(@Nullable Double probability, @Nullable Double ramp) {
		return new ScheduledSampling((probability != null) ? probability : 0.25, (ramp != null) ? ramp : 1.0);
	}

	/**
	 * The probability of a step.
	 * @param progress share of the training that is over, 0 to 1
	 */
	double probability(double progress) {
		return (progress < this.ramp) ? this.probability * progress / this.ramp : this.probability;
	}

}
