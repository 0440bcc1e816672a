package io.unfold.nn.cell;

/**
 * Functions of whole arrays. The hyperbolic tangent and the logistic function are right
 * to within 5e-7: tanh x is x P(x^2) / Q(x^2) with polynomials of degree 4, fitted to the
 * smallest relative error (2.1e-8 before rounding) on [0, 9], where tanh becomes 1 in
 * floats; sigmoid x is (1 + tanh (x / 2)) / 2. Without branches, and with limiting and
 * quotient in loops of their own, the compiler vectorises all of it.
 */
public final class Activations {

	static final float LIMIT = 9.0f;

	/** Elements that stay in the first-level cache between two loops. */
	static final int CHUNK = 2048;

	static final float LEAST = -85;

	static final float LOG2_E = 1.44269504f;

	/** 1.5 * 2^23: a float of that size has no fraction. */
	static final float ROUNDING = 12582912f;

	static final float E3 = 1f / 6;

	static final float E4 = 1f / 24;

	static final float E5 = 1f / 120;

	static final float E6 = 1f / 720;

	static final float E7 = 1f / 5040;

	/** ln 2 in two parts, the first of which times a whole number is exact. */
	static final float LN2_HIGH = 0.693359375f;

	static final float LN2_LOW = -2.12194440e-4f;

	static final float P0 = 0.9999999796436257f;

	static final float P1 = 0.13380974778381183f;

	static final float P2 = 0.003495526651640664f;

	static final float P3 = 2.0608043864800403e-05f;

	static final float P4 = 1.3353200570332957e-08f;

	static final float Q1 = 0.4671429044623757f;

	static final float Q2 = 0.025876750898170712f;

	static final float Q3 = 0.00032855329235134754f;

	static final float Q4 = 7.7759636246213e-07f;

	private Activations() {
	}

	/** Replaces the first {@code count} elements by their hyperbolic tangent. */
	public static void tanh(float[] a, int count) {
		for (int from = Vectors.available() ? VectorMath.tanh(a, count) : 0; from < count; from += CHUNK) {
			int to = Math.min(count, from + CHUNK);
			limit(a, from, to);
			quotient(a, from, to);
		}
	}

	/** Replaces the first {@code count} elements by their logistic function. */
	static void sigmoid(float[] a, int count) {
		for (int from = Vectors.available() ? VectorMath.sigmoid(a, count) : 0; from < count; from += CHUNK) {
			int to = Math.min(count, from + CHUNK);
			limitHalf(a, from, to);
			quotient(a, from, to);
			unit(a, from, to);
		}
	}

	/**
	 * Replaces elements, none of which is above 0, by their exponentials, to a relative
	 * 3e-7: 2^n e^r with n whole and r of at most half a ln 2, for which the exponential
	 * series is cut after the seventh power. What would be below 1e-37 becomes that.
	 * @param scratch memory of {@link #CHUNK} floats
	 */
	static void exp(float[] a, int from, int to, float[] scratch) {
		int start = Vectors.available() ? VectorMath.exp(a, from, to) : from;
		for (; start < to; start += CHUNK) {
			int count = Math.min(CHUNK, to - start);
			limitBelow(a, start, count);
			series(a, start, scratch, count);
			scale(a, start, scratch, count);
		}
	}

	private static void limitBelow(float[] a, int from, int count) {
		for (int i = 0; i < count; i++) {
			a[from + i] = Math.max(LEAST, a[from + i]);
		}
	}

	/** a = e^r, and n apart, which adding and taking away a large number makes whole. */
	private static void series(float[] a, int from, float[] whole, int count) {
		for (int i = 0; i < count; i++) {
			float x = a[from + i];
			float n = (x * LOG2_E + ROUNDING) - ROUNDING;
			float r = x - n * LN2_HIGH - n * LN2_LOW;
			whole[i] = n;
			a[from + i] = ((((((r * E7 + E6) * r + E5) * r + E4) * r + E3) * r + 0.5f) * r + 1f) * r + 1f;
		}
	}

	private static void scale(float[] a, int from, float[] whole, int count) {
		for (int i = 0; i < count; i++) {
			a[from + i] *= Float.intBitsToFloat(((int) whole[i] + 127) << 23);
		}
	}

	private static void limit(float[] a, int from, int to) {
		for (int i = from; i < to; i++) {
			a[i] = Math.max(-LIMIT, Math.min(LIMIT, a[i]));
		}
	}

	private static void limitHalf(float[] a, int from, int to) {
		for (int i = from; i < to; i++) {
			a[i] = Math.max(-LIMIT, Math.min(LIMIT, 0.5f * a[i]));
		}
	}

	private static void quotient(float[] a, int from, int to) {
		for (int i = from; i < to; i++) {
			float x = a[i];
			float t = x * x;
			a[i] = x * ((((P4 * t + P3) * t + P2) * t + P1) * t + P0) / ((((Q4 * t + Q3) * t + Q2) * t + Q1) * t + 1f);
		}
	}

	private static void unit(float[] a, int from, int to) {
		for (int i = from; i < to; i++) {
			a[i] = 0.5f * a[i] + 0.5f;
		}
	}

}
