package io.unfold.training;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Figures of one epoch.
 *
 * @param epoch from 1
 * @param trainLoss mean loss per target over the epoch, with dropout
 * @param validationLoss mean loss per target on the validation part after the epoch; null
 * where it is empty
 * @param validationAccuracy share of the validation part's targets (labels, tags, tokens)
 * whose likeliest class was the right one; null where it is empty or answers are numbers
 * @param examplesPerSecond examples trained per second; of a language model, tokens
 * @param seconds wall-clock time of the epoch, in seconds
 * @param learningRate of the epoch's last step; null where there are no steps, as in
 * closed form
 * @param gradientNorm mean over the epoch's steps of the gradient's Euclidean norm before
 * it was bounded; null where there are no steps
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EpochMetrics(int epoch, double trainLoss, @Nullable Double validationLoss,
		@Nullable Double validationAccuracy, double examplesPerSecond, double seconds, @Nullable Double learningRate,
		@Nullable Double gradientNorm) {

	/** The loss that tells how well training goes. */
	double watchedLoss() {
		return (this.validationLoss != null) ? this.validationLoss : this.trainLoss;
	}

}
