package io.unfold.task.regression;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

import io.unfold.data.SpillingList.Codec;
import io.unfold.problem.InvalidRequestException;
import tools.jackson.databind.JsonNode;

/**
 * The numbers that an example should be answered with.
 *
 * @param values [step][size]; one step where a sequence is answered once
 * @param list whether a step's are a list of numbers, rather than a number
 */
record Target(double[][] values, boolean list) {

	/** Of a step's header, and the reference to it. */
	private static final int ARRAY = 24;

	/** How targets are written to files. */
	static final Codec<Target> CODEC = new Codec<>() {

		@Override
		public long heapBytes(Target target) {
			return target.values().length * (ARRAY + 8L * target.size());
		}

		@Override
		public void write(Target target, DataOutput out) throws IOException {
			out.writeBoolean(target.list());
			out.writeInt(target.values().length);
			out.writeInt(target.size());
			for (double[] step : target.values()) {
				for (double value : step) {
					out.writeDouble(value);
				}
			}
		}

		@Override
		public Target read(DataInput in) throws IOException {
			boolean list = in.readBoolean();
			double[][] values = new double[in.readInt()][in.readInt()];
			for (double[] step : values) {
				for (int k = 0; k < step.length; k++) {
					step[k] = in.readDouble();
				}
			}
			return new Target(values, list);
		}

	};

	/** The target of a whole sequence: a number, or a list of numbers. */
	static Target once(JsonNode node, String pointer) {
		return new Target(new double[][] { step(node, pointer) }, node.isArray());
	}

	/** The targets of a sequence's steps: a list of numbers, or of lists of numbers. */
	static Target everyStep(JsonNode node, int steps, String pointer) {
		if (!node.isArray()) {
			throw new InvalidRequestException(pointer,
					"must be a list with an element for each step, as task.everyStep is true");
		}
		if (node.size() != steps) {
			throw new InvalidRequestException(pointer,
					"must have an element for each of the " + steps + " steps of the sequence, but has " + node.size());
		}
		double[][] values = new double[steps][];
		boolean list = node.get(0).isArray();
		for (int t = 0; t < steps; t++) {
			String here = pointer + "/" + t;
			values[t] = step(node.get(t), here);
			requireLike(values[t].length, node.get(t).isArray(), values[0].length, list, here, "the first step");
		}
		return new Target(values, list);
	}

	/** Numbers of each step. */
	int size() {
		return this.values[0].length;
	}

	/** Checks that this target is of the kind of the first example's. */
	void requireLike(Target first, String pointer) {
		requireLike(size(), this.list, first.size(), first.list, pointer, "the first example");
	}

	private static void requireLike(int size, boolean list, int firstSize, boolean firstList, String pointer,
			String first) {
		if (size != firstSize || list != firstList) {
			throw new InvalidRequestException(pointer, "must be " + describe(firstSize, firstList) + ", as in " + first
					+ ", but is " + describe(size, list));
		}
	}

	private static String describe(int size, boolean list) {
		return !list ? "a number" : "a list of " + size + ((size == 1) ? " number" : " numbers");
	}

	private static double[] step(JsonNode node, String pointer) {
		if (!node.isArray()) {
			return new double[] { number(node, pointer) };
		}
		if (node.isEmpty()) {
			throw new InvalidRequestException(pointer, "must hold at least one number");
		}
		double[] values = new double[node.size()];
		for (int k = 0; k < values.length; k++) {
			values[k] = number(node.get(k), pointer + "/" + k);
		}
		return values;
	}

	private static double number(JsonNode node, String pointer) {
		if (!node.isNumber()) {
			throw new InvalidRequestException(pointer,
					"must be a number" + (node.isValueNode() ? ", but is '" + node.asString() + "'" : ""));
		}
		double value = node.numberValue().doubleValue();
		if (!Float.isFinite((float) value)) {
			throw new InvalidRequestException(pointer, "is too large: numbers must be between -3.4e38 and 3.4e38");
		}
		return value;
	}

}
