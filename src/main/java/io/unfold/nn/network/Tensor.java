package io.unfold.nn.network;

/**
 * A named parameter's values.
 *
 * @param shape sizes of its dimensions
 * @param values its elements, column-major (the first dimension varies fastest)
 */
public record Tensor(int[] shape, float[] values) {

	public Tensor {
		long size = 1;
		for (int dimension : shape) {
			size *= dimension;
		}
		if (size != values.length) {
			throw new IllegalArgumentException("a shape of " + size + " elements with " + values.length + " values");
		}
	}

}
