package io.unfold.nn.network;

import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A mini-batch as a DL4J graph takes it.
 *
 * @param inputs one for each of the graph's inputs
 * @param masks one for each input; null where there is no padding
 * @param labels what should be answered
 * @param labelMask of the labels; null where all count
 * @param lossScale what DL4J's summed loss is multiplied by to become the mean per target
 */
record GraphBatch(INDArray[] inputs, @Nullable INDArray[] masks, INDArray labels, @Nullable INDArray labelMask,
		double lossScale) implements AutoCloseable {

	/** Frees the arrays now, rather than when they are collected. */
	@Override
	public void close() {
		for (INDArray input : this.inputs) {
			input.close();
		}
		for (INDArray mask : this.masks) {
			if (mask != null) {
				mask.close();
			}
		}
		this.labels.close();
		if (this.labelMask != null) {
			this.labelMask.close();
		}
	}

}
