package io.unfold.data;

import java.util.Locale;

/**
 * Movements of a hand as an accelerometer feels them. Each gesture is a function of time
 * from 0 to 1 whose values sum to nearly zero, so that it is known by its course and not
 * by its mean. An example stretches it to a length of its own, with rest before and
 * after, another strength, a hand held a little askew, gravity, and noise.
 */
enum Gestures {

	CIRCLE_LEFT {
		@Override
		double[] at(double t) {
			return new double[] { StrictMath.cos(TURN * t), StrictMath.sin(TURN * t), 0 };
		}
	},

	CIRCLE_RIGHT {
		@Override
		double[] at(double t) {
			return new double[] { StrictMath.cos(TURN * t), -StrictMath.sin(TURN * t), 0 };
		}
	},

	SWIPE_LEFT {
		@Override
		double[] at(double t) {
			return new double[] { -StrictMath.sin(TURN * t), 0.3 * StrictMath.sin(2 * TURN * t), 0 };
		}
	},

	SWIPE_RIGHT {
		@Override
		double[] at(double t) {
			return new double[] { StrictMath.sin(TURN * t), 0.3 * StrictMath.sin(2 * TURN * t), 0 };
		}
	},

	SHAKE {
		@Override
		double[] at(double t) {
			return new double[] { StrictMath.sin(4 * TURN * t), 0, 0.3 * StrictMath.sin(4 * TURN * t) };
		}
	},

	DOUBLE_TAP {
		@Override
		double[] at(double t) {
			return new double[] { 0, 0, tap(t - 0.15) + tap(t - 0.65) };
		}

		private double tap(double t) {
			return (t >= 0 && t < 0.2) ? 1.4 * StrictMath.sin(TURN * t / 0.2) : 0;
		}
	};

	private static final double TURN = 2 * StrictMath.PI;

	private static final int MIN_LENGTH = 20;

	private static final int MAX_LENGTH = 60;

	/** What the hand feels at a time from 0 to 1; [3]. */
	abstract double[] at(double t);

	String label() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	/** Examples as JSONL, as many of each gesture, in no order. */
	static String jsonl(long seed, int count) {
		Noise noise = new Noise(seed);
		Gestures[] gestures = new Gestures[count];
		for (int i = 0; i < count; i++) {
			gestures[i] = values()[i % values().length];
		}
		for (int i = count - 1; i > 0; i--) {
			int j = noise.below(i + 1);
			Gestures gesture = gestures[i];
			gestures[i] = gestures[j];
			gestures[j] = gesture;
		}
		StringBuilder lines = new StringBuilder();
		for (Gestures gesture : gestures) {
			lines.append("{\"sequence\":[");
			gesture.append(lines, noise);
			lines.append("],\"label\":\"").append(gesture.label()).append("\"}\n");
		}
		return lines.toString();
	}

	private void append(StringBuilder line, Noise noise) {
		int length = MIN_LENGTH + noise.below(MAX_LENGTH - MIN_LENGTH + 1);
		int begin = noise.below(length / 4);
		int end = length - noise.below(length / 4);
		double strength = noise.between(0.6, 1.4);
		double pace = noise.between(0.7, 1.4);
		double[][] hand = rotation(noise);
		double[] gravity = { noise.normal(0.2), noise.normal(0.2), noise.normal(0.2) };
		for (int step = 0; step < length; step++) {
			double t = (step - begin) / (double) (end - begin);
			double[] felt = (t >= 0 && t < 1) ? at(StrictMath.pow(t, pace)) : new double[3];
			line.append((step > 0) ? ",[" : "[");
			for (int axis = 0; axis < 3; axis++) {
				double value = gravity[axis] + noise.normal(0.25);
				for (int i = 0; i < 3; i++) {
					value += strength * hand[axis][i] * felt[i];
				}
				line.append((axis > 0) ? "," : "");
				Decimals.append(line, value);
			}
			line.append(']');
		}
	}

	/** A hand turned a little about each axis, one after the other; [3][3]. */
	private static double[][] rotation(Noise noise) {
		double[][] rotation = { { 1, 0, 0 }, { 0, 1, 0 }, { 0, 0, 1 } };
		for (int axis = 0; axis < 3; axis++) {
			double angle = noise.normal(0.25);
			double sin = StrictMath.sin(angle);
			double cos = StrictMath.cos(angle);
			double[] a = rotation[(axis + 1) % 3];
			double[] b = rotation[(axis + 2) % 3];
			for (int i = 0; i < 3; i++) {
				double turned = cos * a[i] - sin * b[i];
				b[i] = sin * a[i] + cos * b[i];
				a[i] = turned;
			}
		}
		return rotation;
	}

}
