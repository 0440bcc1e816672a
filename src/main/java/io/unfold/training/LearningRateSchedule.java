package io.unfold.training;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * How the learning rate changes while a network is trained. What a schedule answers
 * depends on the steps, the epochs and the losses so far, so that a training that goes on
 * from a checkpoint has the rates that it would have had; with a budget in seconds also
 * on the time, by which cosine and linear come to their end as the budget does.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface LearningRateSchedule {

	/** The most steps of a warm-up. */
	int MOST_WARMUP = 10_000_000;

	/**
	 * Optimizer steps over which the rate rises linearly from almost 0 (Goyal et al.
	 * 2017, arXiv:1706.02677): step t, from 1, has t / warmupSteps of what the schedule
	 * says. 0: none.
	 */
	int warmupSteps();

	/**
	 * The rate that an epoch begins with, but for the warm-up.
	 * @param peak the optimizer's own rate
	 * @param history the epochs before
	 */
	default double ofEpoch(double peak, List<EpochMetrics> history) {
		return peak;
	}

	/**
	 * The rate of a step, but for the warm-up.
	 * @param ofEpoch the rate that its epoch began with
	 * @param step number of steps before
	 * @param progress share of the training that is over, 0 to 1
	 */
	default double ofStep(double ofEpoch, int step, double progress) {
		return ofEpoch;
	}

	/**
	 * The lowest rate that it comes to, by its settings; 0 where there is no bound.
	 */
	default double minLearningRate() {
		return 0;
	}

	/** {@link #ofStep} with the warm-up. */
	default double rate(double ofEpoch, int step, double progress) {
		double rate = ofStep(ofEpoch, step, progress);
		return (step < warmupSteps()) ? rate * (step + 1) / warmupSteps() : rate;
	}

	/** The optimizer's own rate at every step. */
	static LearningRateSchedule constant() {
		return new Constant(0);
	}

	private static int warmup(@Nullable Integer steps) {
		return (steps != null) ? InvalidFieldException.requireBetween("warmupSteps", steps, 0, MOST_WARMUP) : 0;
	}

	private static double decay(@Nullable Double gamma, double standard) {
		return (gamma != null) ? InvalidFieldException.requireBetween("gamma", gamma, 1e-6, 1.0) : standard;
	}

	private static double minimum(@Nullable Double rate) {
		return (rate != null) ? InvalidFieldException.requireBetween("minLearningRate", rate, 0.0, 10.0) : 0;
	}

	/**
	 * The optimizer's own rate, after a warm-up.
	 *
	 * @param warmupSteps by default 0
	 */
	@JsonTypeName("constant")
	record Constant(int warmupSteps) implements LearningRateSchedule {

		@JsonCreator
		static Constant from(@Nullable Integer warmupSteps) {
			return new Constant(warmup(warmupSteps));
		}

	}

	/**
	 * Every so many epochs the rate is multiplied by gamma.
	 *
	 * @param stepSize epochs with the same rate, by default 10
	 * @param gamma by default 0.1
	 * @param warmupSteps by default 0
	 */
	@JsonTypeName("step")
	record Step(int stepSize, double gamma, int warmupSteps) implements LearningRateSchedule {

		@JsonCreator
		static Step from(@Nullable Integer stepSize, @Nullable Double gamma, @Nullable Integer warmupSteps) {
			return new Step(
					(stepSize != null) ? InvalidFieldException.requireBetween("stepSize", stepSize, 1, 1_000_000) : 10,
					decay(gamma, 0.1), warmup(warmupSteps));
		}

		@Override
		public double ofEpoch(double peak, List<EpochMetrics> history) {
			int drops = history.size() / this.stepSize;
			return peak * Math.pow(this.gamma, drops);
		}

	}

	/**
	 * After every epoch the rate is multiplied by gamma.
	 *
	 * @param gamma by default 0.95
	 * @param warmupSteps by default 0
	 */
	@JsonTypeName("exponential")
	record Exponential(double gamma, int warmupSteps) implements LearningRateSchedule {

		@JsonCreator
		static Exponential from(@Nullable Double gamma, @Nullable Integer warmupSteps) {
			return new Exponential(decay(gamma, 0.95), warmup(warmupSteps));
		}

		@Override
		public double ofEpoch(double peak, List<EpochMetrics> history) {
			return peak * Math.pow(this.gamma, history.size());
		}

	}

	/**
	 * Half a cosine over the whole training (Loshchilov and Hutter 2017,
	 * arXiv:1608.03983, without restarts): min + (peak - min) (1 + cos(pi progress)) / 2.
	 *
	 * @param minLearningRate the rate at the end, by default 0
	 * @param warmupSteps by default 0
	 */
	@JsonTypeName("cosine")
	record Cosine(double minLearningRate, int warmupSteps) implements LearningRateSchedule {

		@JsonCreator
		static Cosine from(@Nullable Double minLearningRate, @Nullable Integer warmupSteps) {
			return new Cosine(minimum(minLearningRate), warmup(warmupSteps));
		}

		@Override
		public double ofStep(double ofEpoch, int step, double progress) {
			return this.minLearningRate + (ofEpoch - this.minLearningRate) * (1 + Math.cos(Math.PI * progress)) / 2;
		}

	}

	/**
	 * A straight line over the whole training: peak + (min - peak) progress.
	 *
	 * @param minLearningRate the rate at the end, by default 0
	 * @param warmupSteps by default 0
	 */
	@JsonTypeName("linear")
	record Linear(double minLearningRate, int warmupSteps) implements LearningRateSchedule {

		@JsonCreator
		static Linear from(@Nullable Double minLearningRate, @Nullable Integer warmupSteps) {
			return new Linear(minimum(minLearningRate), warmup(warmupSteps));
		}

		@Override
		public double ofStep(double ofEpoch, int step, double progress) {
			return ofEpoch + (this.minLearningRate - ofEpoch) * progress;
		}

	}

	/**
	 * After the warm-up the rate falls with the square root of the steps (Vaswani et al.
	 * 2017, arXiv:1706.03762, section 5.3): peak min(t / w, sqrt(w / t)) at step t, from
	 * 1, with w warm-up steps.
	 *
	 * @param warmupSteps after which the rate is the optimizer's own, the highest; at
	 * least 1
	 */
	@JsonTypeName("inverseSquareRoot")
	record InverseSquareRoot(int warmupSteps) implements LearningRateSchedule {

		@JsonCreator
		static InverseSquareRoot from(@Nullable Integer warmupSteps) {
			if (warmupSteps == null) {
				throw new InvalidFieldException("warmupSteps",
						"is missing: the steps after which the rate begins to fall");
			}
			return new InverseSquareRoot(
					InvalidFieldException.requireBetween("warmupSteps", warmupSteps, 1, MOST_WARMUP));
		}

		@Override
		public double ofStep(double ofEpoch, int step, double progress) {
			return ofEpoch * Math.min(1, Math.sqrt((double) this.warmupSteps / (step + 1)));
		}

	}

	/**
	 * The rate is multiplied by a factor whenever the validation loss (the training loss
	 * where nothing is held out) has not fallen for a while.
	 *
	 * @param factor by default 0.1
	 * @param patience epochs without a lower loss, by default 10
	 * @param minDelta what counts as lower: the lowest loss so far less this, by default
	 * 0.0001
	 * @param minLearningRate by default 0
	 * @param warmupSteps by default 0
	 */
	@JsonTypeName("reduceOnPlateau")
	record ReduceOnPlateau(double factor, int patience, double minDelta, double minLearningRate,
			int warmupSteps) implements LearningRateSchedule {

		@JsonCreator
		static ReduceOnPlateau from(@Nullable Double factor, @Nullable Integer patience, @Nullable Double minDelta,
				@Nullable Double minLearningRate, @Nullable Integer warmupSteps) {
			return new ReduceOnPlateau(
					(factor != null) ? InvalidFieldException.requireBetween("factor", factor, 1e-6, 0.999) : 0.1,
					(patience != null) ? InvalidFieldException.requireBetween("patience", patience, 1, 1_000_000) : 10,
					(minDelta != null) ? InvalidFieldException.requireBetween("minDelta", minDelta, 0.0, 1e6) : 1e-4,
					minimum(minLearningRate), warmup(warmupSteps));
		}

		@Override
		public double ofEpoch(double peak, List<EpochMetrics> history) {
			double rate = peak;
			double lowest = Double.POSITIVE_INFINITY;
			int waited = 0;
			for (EpochMetrics epoch : history) {
				double loss = epoch.watchedLoss();
				if (loss < lowest - this.minDelta) {
					lowest = loss;
					waited = 0;
				}
				else if (++waited >= this.patience) {
					rate = Math.max(this.minLearningRate, rate * this.factor);
					waited = 0;
				}
			}
			return rate;
		}

	}

}
