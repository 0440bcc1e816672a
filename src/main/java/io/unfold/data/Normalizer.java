package io.unfold.data;

import io.unfold.problem.InvalidFieldException;

/**
 * A scaling of each feature, as it was fitted to the training part: {@code (x - offset) /
 * scale}. The same record is its JSON.
 *
 * @param offset [features]
 * @param scale [features], none of them 0
 */
public record Normalizer(double[] offset, double[] scale) {

	public Normalizer {
		if (offset.length != scale.length) {
			throw new InvalidFieldException("scale", "must have as many numbers as offset");
		}
		for (double s : scale) {
			if (s == 0 || !Double.isFinite(s)) {
				throw new InvalidFieldException("scale", "must hold numbers other than 0");
			}
		}
	}

	/** Number of features. */
	public int features() {
		return this.offset.length;
	}

	/** A feature's value, scaled. */
	public double apply(int feature, double value) {
		return (value - this.offset[feature]) / this.scale[feature];
	}

	/** The value of a feature that was scaled. */
	public double undo(int feature, double scaled) {
		return scaled * this.scale[feature] + this.offset[feature];
	}

	/** A step, scaled; [features]. */
	public double[] apply(double[] step) {
		double[] scaled = new double[step.length];
		for (int i = 0; i < step.length; i++) {
			scaled[i] = apply(i, step[i]);
		}
		return scaled;
	}

	/** The values of a step that was scaled; [features]. */
	public double[] undo(double[] scaled) {
		double[] step = new double[scaled.length];
		for (int i = 0; i < scaled.length; i++) {
			step[i] = undo(i, scaled[i]);
		}
		return step;
	}

	/** Steps, scaled; [steps][features]. */
	public float[][] apply(float[][] steps) {
		float[][] scaled = new float[steps.length][];
		for (int t = 0; t < steps.length; t++) {
			scaled[t] = new float[steps[t].length];
			for (int i = 0; i < steps[t].length; i++) {
				scaled[t][i] = (float) apply(i, steps[t][i]);
			}
		}
		return scaled;
	}

}
