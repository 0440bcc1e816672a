package io.unfold.nn.layer;

import io.unfold.nn.cell.Weights;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The parameters of one direction of a recurrent layer, or their gradients: views of
 * DL4J's flat arrays, in 'f' order.
 *
 * @param w [inputs, gates * units]
 * @param r [units, gates * units]
 * @param b [biases * units]
 */
record CellArrays(INDArray w, INDArray r, INDArray b) {

	/** The same memory, for the kernels. */
	Weights weights() {
		return new Weights(NativeArrays.floats(this.w), NativeArrays.floats(this.r), NativeArrays.floats(this.b));
	}

}
