package io.unfold.nn.network;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.unfold.nn.cell.CellSpec;
import io.unfold.problem.InvalidFieldException;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;

/**
 * A dense layer that a feature vector goes through: {@code activation(x W + b)}.
 *
 * @param units size of what it answers
 * @param activation by default relu
 * @param dropout probability with which a number that it reads is dropped in training, in
 * the lowest layer one of the feature vector (Srivastava et al. 2014, JMLR 15:1929); by
 * default 0
 */
public record FeatureLayer(int units, Nonlinearity activation, double dropout) {

	public FeatureLayer {
		InvalidFieldException.requireBetween("units", units, 1, CellSpec.MAX_UNITS);
		InvalidFieldException.requireBetween("dropout", dropout, 0.0, 0.95);
	}

	@JsonCreator
	static FeatureLayer from(int units, @Nullable Nonlinearity activation, @Nullable Double dropout) {
		return new FeatureLayer(units, (activation != null) ? activation : Nonlinearity.RELU,
				(dropout != null) ? dropout : 0.0);
	}

	/** What a dense layer does to its sums. */
	public enum Nonlinearity {

		/** max(0, x). */
		@JsonProperty("relu")
		RELU(Activation.RELU, WeightInit.RELU) {
			@Override
			void apply(float[] sums) {
				for (int i = 0; i < sums.length; i++) {
					sums[i] = Math.max(0, sums[i]);
				}
			}
		},

		/** The hyperbolic tangent. */
		@JsonProperty("tanh")
		TANH(Activation.TANH, WeightInit.XAVIER) {
			@Override
			void apply(float[] sums) {
				for (int i = 0; i < sums.length; i++) {
					sums[i] = (float) Math.tanh(sums[i]);
				}
			}
		};

		private final Activation activation;

		private final WeightInit weightInit;

		Nonlinearity(Activation activation, WeightInit weightInit) {
			this.activation = activation;
			this.weightInit = weightInit;
		}

		/** DL4J's name for it. */
		Activation activation() {
			return this.activation;
		}

		/** The distribution of weights that keeps the variance of what is answered. */
		WeightInit weightInit() {
			return this.weightInit;
		}

		/** Puts its answers in the place of sums. */
		abstract void apply(float[] sums);

	}

}
