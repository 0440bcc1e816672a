package io.unfold.training;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.unfold.nn.network.GradientClipping;
import io.unfold.nn.network.LearningSpec;
import io.unfold.nn.network.OptimizerSpec;
import io.unfold.nn.network.TruncatedBptt;
import io.unfold.problem.InvalidFieldException;
import io.unfold.task.ClassWeights;
import io.unfold.task.HeldOut;
import org.jspecify.annotations.Nullable;

/**
 * How a network is trained.
 *
 * @param epochs passes over the training examples at most, by default 20
 * @param batchSize rows of a mini-batch, by default 32
 * @param optimizer by default Adam at 0.001
 * @param learningRateSchedule how the optimizer's learning rate changes, by default not
 * at all
 * @param gradientClipping by default a global norm of 1
 * @param labelSmoothing share of the probability of the right class that is spread evenly
 * over all classes (Szegedy et al. 2016, arXiv:1512.00567), in training only: losses of
 * the validation are without; by default 0
 * @param scheduledSampling how often a decoder reads its own predictions; null: never
 * @param truncatedBptt windows in which long sequences are trained on, and how far
 * gradients go back in them; null takes the task's default, which but for language models
 * is through the whole sequence
 * @param validation the part held out to watch for overfitting, and for evaluation where
 * there is no test part; by default a tenth
 * @param test a part held out for the evaluation alone; null: none
 * @param earlyStopping null: all epochs are run. The parameters of the last are kept,
 * unless earlyStopping or maxSeconds is given: then those of the best
 * @param maxSeconds wall-clock budget in seconds, from the beginning of training and over
 * restarts of the service, after which the best epoch so far is published; the one that
 * is running is ended, and counts. Null: none
 * @param classWeights what errors of each class weigh in the loss, where the task has
 * classes; null: all the same
 * @param warmStart the model whose parameters, vocabularies, labels and scales are taken
 * over: a name, name:version or name@alias; null: begin anew
 * @param threads over which the rows of each mini-batch are divided, by default 1:
 * several jobs run side by side. Results are equal bit for bit for an equal number of
 * threads
 * @param seed of the split, the initial parameters, the order of examples and dropout, by
 * default 42
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrainingSpec(int epochs, int batchSize, OptimizerSpec optimizer,
		LearningRateSchedule learningRateSchedule, GradientClipping gradientClipping, double labelSmoothing,
		@Nullable ScheduledSampling scheduledSampling, @Nullable TruncatedBptt truncatedBptt, HeldOut validation,
		@Nullable HeldOut test, @Nullable EarlyStopping earlyStopping, @Nullable Integer maxSeconds,
		@Nullable ClassWeights classWeights, @Nullable String warmStart, int threads, long seed) {

	public TrainingSpec {
		InvalidFieldException.requireBetween("epochs", epochs, 1, 1_000_000);
		InvalidFieldException.requireBetween("batchSize", batchSize, 1, 65_536);
		InvalidFieldException.requireBetween("threads", threads, 1, 64);
		InvalidFieldException.requireBetween("labelSmoothing", labelSmoothing, 0.0, 0.9);
		if (learningRateSchedule.minLearningRate() > optimizer.learningRate()) {
			throw new InvalidFieldException("learningRateSchedule/minLearningRate",
					"must not be above optimizer.learningRate, " + optimizer.learningRate());
		}
		HeldOut.requireAlike(validation, test);
		if (test != null && test.share() + validation.share() > 0.95) {
			throw new InvalidFieldException("test/fraction",
					"leaves nothing to train on: together with validation.fraction it must be at most 0.95");
		}
		if (maxSeconds != null) {
			InvalidFieldException.requireBetween("maxSeconds", maxSeconds, 1, 30 * 24 * 3600);
		}
	}

	@JsonCreator
	static TrainingSpec from(@Nullable Integer epochs, @Nullable Integer batchSize, @Nullable OptimizerSpec optimizer,
			@Nullable LearningRateSchedule learningRateSchedule, @Nullable GradientClipping gradientClipping,
			@Nullable Double labelSmoothing, @Nullable ScheduledSampling scheduledSampling,
			@Nullable TruncatedBptt truncatedBptt, @Nullable HeldOut validation, @Nullable HeldOut test,
			@Nullable EarlyStopping earlyStopping, @Nullable Integer maxSeconds, @Nullable ClassWeights classWeights,
			@Nullable String warmStart, @Nullable Integer threads, @Nullable Long seed) {
		return new TrainingSpec((epochs != null) ? epochs : 20, (batchSize != null) ? batchSize : 32,
				(optimizer != null) ? optimizer : OptimizerSpec.standard(),
				(learningRateSchedule != null) ? learningRateSchedule : LearningRateSchedule.constant(),
				(gradientClipping != null) ? gradientClipping : new GradientClipping(1.0),
				(labelSmoothing != null) ? labelSmoothing : 0.0, scheduledSampling, truncatedBptt,
				(validation != null) ? validation : new HeldOut(0.1), test, earlyStopping, maxSeconds, classWeights,
				warmStart, (threads != null) ? threads : 1, (seed != null) ? seed : 42);
	}

	/** The same with windows, unless it has some. */
	TrainingSpec orWindows(@Nullable TruncatedBptt windows) {
		return (this.truncatedBptt != null) ? this
				: new TrainingSpec(this.epochs, this.batchSize, this.optimizer, this.learningRateSchedule,
						this.gradientClipping, this.labelSmoothing, this.scheduledSampling, windows, this.validation,
						this.test, this.earlyStopping, this.maxSeconds, this.classWeights, this.warmStart, this.threads,
						this.seed);
	}

	LearningSpec learning() {
		return new LearningSpec(this.optimizer, this.gradientClipping, this.threads, this.labelSmoothing, this.seed);
	}

	/** The default of every field. */
	public static TrainingSpec standard() {
		return from(null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);
	}

	/**
	 * Ends training when the validation loss has not fallen for a while, and keeps the
	 * parameters of the epoch in which it was lowest.
	 *
	 * @param patience epochs without a lower validation loss
	 * @param minDelta what counts as lower: the lowest loss so far less this, by default
	 * 0. The parameters that are kept are those of the lowest loss in any case
	 */
	public record EarlyStopping(int patience, double minDelta) {

		public EarlyStopping {
			InvalidFieldException.requireBetween("patience", patience, 1, 1_000_000);
			InvalidFieldException.requireBetween("minDelta", minDelta, 0.0, 1e6);
		}

		@JsonCreator
		static EarlyStopping from(int patience, @Nullable Double minDelta) {
			return new EarlyStopping(patience, (minDelta != null) ? minDelta : 0);
		}

		/** Whether the loss has not fallen for long enough. */
		boolean isOver(List<EpochMetrics> history) {
			int waited = 0;
			double lowest = Double.POSITIVE_INFINITY;
			for (EpochMetrics metrics : history) {
				Double loss = metrics.validationLoss();
				waited++;
				if (loss != null && loss < lowest - this.minDelta) {
					lowest = loss;
					waited = 0;
				}
			}
			return waited >= this.patience;
		}

	}

}
