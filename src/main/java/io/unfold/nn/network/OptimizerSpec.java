package io.unfold.nn.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.unfold.problem.InvalidFieldException;
import org.jspecify.annotations.Nullable;

/**
 * How gradients become steps: the formulas are those of DL4J's updaters, with decoupled
 * weight decay beside them (Loshchilov and Hutter 2019, arXiv:1711.05101; with Adam it is
 * AdamW): at each step every weight, but no bias, becomes p - rate weightDecay p.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface OptimizerSpec {

	/** Size of a step, unless a schedule says otherwise. */
	double learningRate();

	/** Share of a weight that decays at each step, over the learning rate. */
	double weightDecay();

	/** The optimiser, for so many parameters. */
	Optimizer optimizer(long parameters);

	/** Adam with its usual settings. */
	static OptimizerSpec standard() {
		return new Adam(0.001);
	}

	private static double decay(@Nullable Double weightDecay) {
		return (weightDecay != null) ? InvalidFieldException.requireBetween("weightDecay", weightDecay, 0.0, 10.0) : 0;
	}

	private static void requireDecayBelowOne(double learningRate, double weightDecay) {
		if (learningRate * weightDecay >= 1) {
			throw new InvalidFieldException("weightDecay",
					"times learningRate must be below 1, which would take all of a weight in one step");
		}
	}

	private static double valid(@Nullable Double learningRate, double standard) {
		return (learningRate != null) ? InvalidFieldException.requireBetween("learningRate", learningRate, 1e-9, 10.0)
				: standard;
	}

	/**
	 * Adam (Kingma and Ba 2015, arXiv:1412.6980) with beta1 0.9, beta2 0.999, epsilon
	 * 1e-8, in the form that the paper gives at the end of its section 2: m = beta1 m +
	 * (1 - beta1) g, v = beta2 v + (1 - beta2) g^2, p = p - rate sqrt(1 - beta2^t) / (1 -
	 * beta1^t) m / (sqrt(v) + epsilon).
	 *
	 * @param learningRate by default 0.001
	 * @param weightDecay by default 0; above it, this is AdamW
	 */
	@JsonTypeName("adam")
	record Adam(double learningRate, double weightDecay) implements OptimizerSpec {

		private static final double BETA1 = 0.9;

		private static final double BETA2 = 0.999;

		private static final float EPSILON = 1e-8f;

		public Adam {
			requireDecayBelowOne(learningRate, weightDecay);
		}

		/** Without weight decay. */
		@JsonCreator(mode = JsonCreator.Mode.DISABLED)
		public Adam(double learningRate) {
			this(learningRate, 0);
		}

		@JsonCreator
		static Adam from(@Nullable Double learningRate, @Nullable Double weightDecay) {
			return new Adam(valid(learningRate, 0.001), decay(weightDecay));
		}

		@Override
		public Optimizer optimizer(long parameters) {
			return new Optimizer(2, parameters, this.weightDecay) {

				private float step;

				@Override
				void begin(double rate, int iteration) {
					double t = iteration + 1;
					this.step = (float) (rate * Math.sqrt(1 - Math.pow(BETA2, t)) / (1 - Math.pow(BETA1, t)));
				}

				@Override
				void step(float[] p, float[] g, float[][] m, int count) {
					average(g, m[0], m[1], count);
					change(p, m[0], m[1], this.step, count);
				}

			};
		}

		private static void average(float[] g, float[] m, float[] v, int count) {
			for (int i = 0; i < count; i++) {
				m[i] = (float) BETA1 * m[i] + (float) (1 - BETA1) * g[i];
				v[i] = (float) BETA2 * v[i] + (float) (1 - BETA2) * g[i] * g[i];
			}
		}

		private static void change(float[] p, float[] m, float[] v, float step, int count) {
			for (int i = 0; i < count; i++) {
				p[i] -= step * m[i] / ((float) Math.sqrt(v[i]) + EPSILON);
			}
		}

	}

	/**
	 * RMSProp (Tieleman and Hinton 2012) with decay 0.95, epsilon 1e-8: v = decay v + (1
	 * - decay) g^2, p = p - rate g / (sqrt(v) + epsilon).
	 *
	 * @param learningRate by default 0.001
	 * @param weightDecay by default 0
	 */
	@JsonTypeName("rmsprop")
	record RmsProp(double learningRate, double weightDecay) implements OptimizerSpec {

		private static final float DECAY = 0.95f;

		private static final float EPSILON = 1e-8f;

		public RmsProp {
			requireDecayBelowOne(learningRate, weightDecay);
		}

		/** Without weight decay. */
		@JsonCreator(mode = JsonCreator.Mode.DISABLED)
		public RmsProp(double learningRate) {
			this(learningRate, 0);
		}

		@JsonCreator
		static RmsProp from(@Nullable Double learningRate, @Nullable Double weightDecay) {
			return new RmsProp(valid(learningRate, 0.001), decay(weightDecay));
		}

		@Override
		public Optimizer optimizer(long parameters) {
			return new Optimizer(1, parameters, this.weightDecay) {

				private float rate;

				@Override
				void begin(double rate, int iteration) {
					this.rate = (float) rate;
				}

				@Override
				void step(float[] p, float[] g, float[][] m, int count) {
					change(p, g, m[0], this.rate, count);
				}

			};
		}

		private static void change(float[] p, float[] g, float[] v, float rate, int count) {
			for (int i = 0; i < count; i++) {
				v[i] = DECAY * v[i] + (1 - DECAY) * g[i] * g[i];
				p[i] -= rate * g[i] / ((float) Math.sqrt(v[i]) + EPSILON);
			}
		}

	}

	/**
	 * Stochastic gradient descent with Nesterov momentum, in the form of Bengio et al.
	 * 2013 (arXiv:1212.0901): v' = momentum v - rate g, p = p - momentum v + (1 +
	 * momentum) v'.
	 *
	 * @param learningRate by default 0.01
	 * @param momentum by default 0.9; 0 is plain gradient descent
	 * @param weightDecay by default 0
	 */
	@JsonTypeName("sgd")
	record Sgd(double learningRate, double momentum, double weightDecay) implements OptimizerSpec {

		public Sgd {
			requireDecayBelowOne(learningRate, weightDecay);
		}

		/** Without weight decay. */
		@JsonCreator(mode = JsonCreator.Mode.DISABLED)
		public Sgd(double learningRate, double momentum) {
			this(learningRate, momentum, 0);
		}

		@JsonCreator
		static Sgd from(@Nullable Double learningRate, @Nullable Double momentum, @Nullable Double weightDecay) {
			return new Sgd(valid(learningRate, 0.01),
					(momentum != null) ? InvalidFieldException.requireBetween("momentum", momentum, 0.0, 0.9999) : 0.9,
					decay(weightDecay));
		}

		@Override
		public Optimizer optimizer(long parameters) {
			float kept = (float) this.momentum;
			return new Optimizer((this.momentum > 0) ? 1 : 0, parameters, this.weightDecay) {

				private float rate;

				@Override
				void begin(double rate, int iteration) {
					this.rate = (float) rate;
				}

				@Override
				void step(float[] p, float[] g, float[][] m, int count) {
					if (m.length == 0) {
						change(p, g, this.rate, count);
					}
					else {
						change(p, g, m[0], this.rate, kept, count);
					}
				}

			};
		}

		private static void change(float[] p, float[] g, float rate, int count) {
			for (int i = 0; i < count; i++) {
				p[i] -= rate * g[i];
			}
		}

		private static void change(float[] p, float[] g, float[] v, float rate, float momentum, int count) {
			for (int i = 0; i < count; i++) {
				float before = v[i];
				v[i] = momentum * before - rate * g[i];
				p[i] += (1 + momentum) * v[i] - momentum * before;
			}
		}

	}

}
