package io.unfold.nn.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;

/** How gradients become steps. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface OptimizerSpec {

	/** Size of a step. */
	double learningRate();

	/** DL4J's updater. */
	IUpdater updater();

	/** Adam with its usual settings. */
	static OptimizerSpec standard() {
		return new Adam(0.001);
	}

	private static double valid(@Nullable Double learningRate, double standard) {
		return (learningRate != null) ? InvalidFieldException.requireBetween("learningRate", learningRate, 1e-9, 10.0)
				: standard;
	}

	/**
	 * Adam (Kingma and Ba 2015, arXiv:1412.6980) with beta1 0.9, beta2 0.999, epsilon
	 * 1e-8.
	 *
	 * @param learningRate by default 0.001
	 */
	@JsonTypeName("adam")
	record Adam(double learningRate) implements OptimizerSpec {

		@JsonCreator
		static Adam from(@Nullable Double learningRate) {
			return new Adam(valid(learningRate, 0.001));
		}

		@Override
		public IUpdater updater() {
			return new org.nd4j.linalg.learning.config.Adam(this.learningRate, 0.9, 0.999, 1e-8);
		}

	}

	/**
	 * RMSProp (Tieleman and Hinton 2012) with decay 0.95, epsilon 1e-8.
	 *
	 * @param learningRate by default 0.001
	 */
	@JsonTypeName("rmsprop")
	record RmsProp(double learningRate) implements OptimizerSpec {

		@JsonCreator
		static RmsProp from(@Nullable Double learningRate) {
			return new RmsProp(valid(learningRate, 0.001));
		}

		@Override
		public IUpdater updater() {
			return new org.nd4j.linalg.learning.config.RmsProp(this.learningRate, 0.95, 1e-8);
		}

	}

	/**
	 * Stochastic gradient descent with Nesterov momentum.
	 *
	 * @param learningRate by default 0.01
	 * @param momentum by default 0.9; 0 is plain gradient descent
	 */
	@JsonTypeName("sgd")
	record Sgd(double learningRate, double momentum) implements OptimizerSpec {

		@JsonCreator
		static Sgd from(@Nullable Double learningRate, @Nullable Double momentum) {
			return new Sgd(valid(learningRate, 0.01),
					(momentum != null) ? InvalidFieldException.requireBetween("momentum", momentum, 0.0, 0.9999) : 0.9);
		}

		@Override
		public IUpdater updater() {
			return (this.momentum > 0) ? new Nesterovs(this.learningRate, this.momentum)
					: new org.nd4j.linalg.learning.config.Sgd(this.learningRate);
		}

	}

}
