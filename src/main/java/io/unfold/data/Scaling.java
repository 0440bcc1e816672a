package io.unfold.data;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.unfold.problem.InvalidFieldException;

/**
 * How numbers are brought to a size that networks learn from:
 * {@code (x - offset) / scale}.
 */
public enum Scaling {

	/** To mean 0 and standard deviation 1. */
	STANDARD {
		@Override
		double offset(Fitter fitter, int feature) {
			return fitter.mean[feature];
		}

		@Override
		double scale(Fitter fitter, int feature) {
			return Math.sqrt(fitter.squares[feature] / fitter.count);
		}
	},

	/** To the range from 0 to 1. */
	MINMAX {
		@Override
		double offset(Fitter fitter, int feature) {
			return fitter.min[feature];
		}

		@Override
		double scale(Fitter fitter, int feature) {
			return fitter.max[feature] - fitter.min[feature];
		}
	},

	/** As they are. */
	NONE {
		@Override
		double offset(Fitter fitter, int feature) {
			return 0;
		}

		@Override
		double scale(Fitter fitter, int feature) {
			return 1;
		}
	};

	/** A spread this small beside the numbers themselves is rounding. */
	private static final double CONSTANT = 1e-12;

	abstract double offset(Fitter fitter, int feature);

	abstract double scale(Fitter fitter, int feature);

	/** What fits this scaling to the numbers of a training part. */
	public Fitter fitter(int features) {
		return new Fitter(this, features);
	}

	/**
	 * This scaling fitted to steps of numbers.
	 * @param steps [steps][features], at least one step
	 */
	public Normalizer fit(double[][] steps) {
		Fitter fitter = fitter(steps[0].length);
		for (double[] step : steps) {
			fitter.add(step);
		}
		return fitter.fit();
	}

	/** The scaling's name in the API: standard, minmax or none. */
	@JsonValue
	public String id() {
		return name().toLowerCase(Locale.ROOT);
	}

	/** The scaling of that name. */
	@JsonCreator
	public static Scaling of(String id) {
		for (Scaling scaling : values()) {
			if (scaling.id().equals(id)) {
				return scaling;
			}
		}
		throw new InvalidFieldException("scaling", "must be one of "
				+ Arrays.stream(values()).map(Scaling::id).collect(Collectors.joining(", ")) + ", but is '" + id + "'");
	}

	/**
	 * Sees the training part step by step, and keeps mean, spread and range of each
	 * feature. The mean and the sum of squares around it are updated as in Welford
	 * (1962), which loses no digits where the mean is large. Not thread-safe.
	 */
	public static final class Fitter {

		private final Scaling scaling;

		private final double[] mean;

		private final double[] squares;

		private final double[] min;

		private final double[] max;

		private long count;

		private Fitter(Scaling scaling, int features) {
			this.scaling = scaling;
			this.mean = new double[features];
			this.squares = new double[features];
			this.min = new double[features];
			this.max = new double[features];
		}

		/** Takes in a step; [features]. */
		public Fitter add(double[] step) {
			this.count++;
			for (int i = 0; i < this.mean.length; i++) {
				add(i, step[i]);
			}
			return this;
		}

		/** Takes in a step; [features]. */
		public Fitter add(float[] step) {
			this.count++;
			for (int i = 0; i < this.mean.length; i++) {
				add(i, step[i]);
			}
			return this;
		}

		private void add(int feature, double value) {
			double delta = value - this.mean[feature];
			this.mean[feature] += delta / this.count;
			this.squares[feature] += delta * (value - this.mean[feature]);
			this.min[feature] = (this.count == 1) ? value : Math.min(this.min[feature], value);
			this.max[feature] = (this.count == 1) ? value : Math.max(this.max[feature], value);
		}

		/** The scaling of what was seen; a feature that is constant has scale 1. */
		public Normalizer fit() {
			if (this.count == 0) {
				throw new IllegalStateException("no step was seen");
			}
			double[] offset = new double[this.mean.length];
			double[] scale = new double[this.mean.length];
			for (int i = 0; i < offset.length; i++) {
				offset[i] = this.scaling.offset(this, i);
				scale[i] = this.scaling.scale(this, i);
				if (!(scale[i] > CONSTANT * Math.max(Math.abs(this.min[i]), Math.abs(this.max[i])))
						&& this.scaling != NONE) {
					scale[i] = 1;
				}
			}
			return new Normalizer(offset, scale);
		}

	}

}
